import { createFlow, DEFAULT_FLOW } from '@posthorn/core'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { setupFlow } from './flow-setup.ts'

const json = { 'content-type': 'application/json' }
const worker = { hasWorker: true }

it('makes status code and value of templates over the input', async () => {
  await using flow = await setupFlow({
    statusTemplate: '{% if web1.ok %}201{% else %}422{% endif %}',
    valueTemplate: '{"id": {{ web1.id }}, "tags": {{ web1.tags | default([]) | tojson }}}',
  })
  const body = '{"ok":true,"id":7,"tags":["a"]}'
  const answer = await flow.call({ body, headers: json })
  expect(answer).toMatchObject({ status: 201, text: '{"id": 7, "tags": ["a"]}' })
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await flow.call({ body: '{"id":1}', headers: json })).toHaveProperty('status', 422)
})

it('sends a value that is no JSON as text that no browser runs', async () => {
  await using flow = await setupFlow({ valueTemplate: '<b>{{ web1.a }}</b>' })
  const answer = await flow.call({ body: '{"a":"<script>"}', headers: json })
  expect(answer.text).toBe('<b><script></b>')
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

it.each([
  ['204', 204],
  ['999', 999],
  ['100', 200],
  ['no number', 200],
])(
  'answers the status template %s with %i: any three digits, but none that would hang',
  async (statusTemplate, status) => {
    await using flow = await setupFlow({ statusTemplate })
    expect(await flow.call()).toHaveProperty('status', status)
  },
)

it('answers an async flow at once, whatever its endpoint does, and delivers its message', async () => {
  await using flow = await setupFlow({ mode: 'async', valueTemplate: 'got {{ web1.a }}' }, worker)
  const receiver = await flow.endpoint(flow.flow.appId)
  receiver.replies('hang')
  const answer = await flow.call({ body: '{"a":1}', headers: json })
  expect(answer).toMatchObject({ status: 200, text: 'got 1' })
  await waitFor('the run', () => receiver.requests.length > 0)
  expect(receiver.requests[0]?.body.toString()).toBe('{"web1":{"a":1}}')
})

it('knows no result in the response of an async flow', async () => {
  await using flow = await setupFlow({ mode: 'async', valueTemplate: '[{{ res.value }}]' }, worker)
  const receiver = await flow.endpoint(flow.flow.appId)
  receiver.replies({ status: 200, body: '{"value":"done"}' })
  const answer = await flow.call()
  expect(answer.text).not.toContain('done')
})

it('waits in sync mode for the result, and gives it to the templates', async () => {
  const valueTemplate = '{% if res.request %}{{ res.value }}{% else %}{"valid": false}{% endif %}'
  await using flow = await setupFlow({ mode: 'sync', valueTemplate }, worker)
  const receiver = await flow.endpoint(flow.flow.appId)
  receiver.replies(
    { status: 200, body: '{"request":true,"value":"done"}' },
    { status: 200, body: '{"request":false}' },
  )
  expect(await flow.call()).toMatchObject({ status: 200, text: 'done' })
  expect(await flow.call()).toMatchObject({ status: 200, text: '{"valid": false}' })
})

it('takes for the result what the named endpoint answers, not another', async () => {
  await using flow = await setupFlow({ mode: 'sync', valueTemplate: '{{ res }}' }, worker)
  const quick = await flow.endpoint(flow.flow.appId)
  quick.replies({ status: 200, body: 'quick' })
  const named = await flow.endpoint(flow.flow.appId)
  named.replies({ status: 200, body: 'named' })
  const endpoints = await flow.core.db.prisma.endpoint.findMany({
    where: { appId: flow.flow.appId },
  })
  const { id } = endpoints.find(({ url }) => url === named.url) ?? { id: '' }
  await flow.set({ resultEndpointId: id })
  await waitFor('the result', async () => (await flow.call()).text === 'named')
})

it('answers 408 when the result takes too long, and the run goes on', async () => {
  await using flow = await setupFlow({ mode: 'sync' }, { ...worker, replyMs: 300 })
  const receiver = await flow.endpoint(flow.flow.appId)
  receiver.replies('hang')
  expect(await flow.call()).toHaveProperty('status', 408)
  expect(await flow.messages()).toHaveLength(1)
  await waitFor('the run', () => receiver.requests.length > 0)
})

it('ends templates that run away and answers their callers; another flow is answered meanwhile', async () => {
  const valueTemplate =
    '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}'
  await using flow = await setupFlow({ valueTemplate })
  const settings = { ...DEFAULT_FLOW, valueTemplate: '{{ 1 + 1 }}' }
  const named = { name: 'b', uid: null, application: null, tokenRequired: false }
  const other = await createFlow(flow.core, flow.scope, { ...named, settings })
  const runaways = Array.from({ length: 10 }, () => flow.call())
  const answer = await fetch(`${flow.url}/v1/flow-webhook/${other.id}`, { method: 'POST' })
  expect(await answer.text()).toBe('2')
  for (const runaway of await Promise.all(runaways))
    expect(JSON.parse(runaway.text)).toMatchObject({ error: 'response_template', data: null })
  expect(await flow.messages()).toHaveLength(10)
})

it('answers 200 when a template fails: the message is stored, and a sender who came again would run it twice', async () => {
  await using flow = await setupFlow({ valueTemplate: '{{ web1.missing.more }}' })
  const answer = await flow.call()
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toMatchObject({ error: 'response_template' })
  expect(await flow.messages()).toHaveLength(1)
})
