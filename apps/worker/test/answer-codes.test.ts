import { startReceiver } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

/** Every status that has a code of its own, and one of each kind that has not. */
const CODE_OF_STATUS = {
  302: 'http_redirect',
  400: 'http_400',
  401: 'http_401',
  403: 'http_403',
  404: 'http_404',
  405: 'http_405',
  409: 'http_409',
  410: 'http_410',
  413: 'http_413',
  415: 'http_415',
  418: 'http_4xx',
  422: 'http_422',
  429: 'http_429',
  500: 'http_500',
  502: 'http_502',
  503: 'http_503',
  504: 'http_504',
  520: 'http_5xx',
}

const ONCE = { retrySchedule: [] }

describe('an answer that is no 2xx', () => {
  it('ends in the code of its status, on the record with that status', async () => {
    await using pipeline = await startPipeline()
    await using receivers = new AsyncDisposableStack()
    const expected: Record<string, { code: string; status: number }> = {}
    for (const [status, code] of Object.entries(CODE_OF_STATUS)) {
      const receiver = receivers.use(await startReceiver())
      receiver.replies(Number(status))
      expected[await pipeline.addEndpoint(receiver.url, ONCE)] = { code, status: Number(status) }
    }
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'failed')
    expect(await answersOf(pipeline, id)).toEqual(expected)
  })

  it('that asks to disable the endpoint is receiver_disabled', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies({ status: 503, headers: { 'webhook-delivery': 'disable' } })
    await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'failed')
    expect(await pipeline.attemptsOf(id)).toMatchObject([{ code: 'receiver_disabled' }])
  })
})

describe('what can never be sent', () => {
  const sealed = (pipeline: Pipeline, headers: object) =>
    pipeline.core.vault.seal(JSON.stringify(headers))

  it.each([
    ['invalid_url', () => ({ url: 'http://' })],
    [
      'invalid_header',
      (pipeline: Pipeline) => ({ headers: sealed(pipeline, { 'x-a': 'two\nlines' }) }),
    ],
  ])('fails as %s without a request and without a retry', async (code, broken) => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await pipeline.db.prisma.endpoint.update({
      where: { id: endpointId },
      data: broken(pipeline),
    })
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'failed')
    expect(await pipeline.attemptsOf(id)).toMatchObject([{ code, number: 1 }])
    expect(receiver.requests).toEqual([])
  })
})

async function answersOf(pipeline: Pipeline, messageId: string) {
  const attempts = await pipeline.db.prisma.attempt.findMany({ where: { messageId } })
  return Object.fromEntries(
    attempts.map(({ endpointId, code, responseStatus: status }) => [endpointId, { code, status }]),
  )
}
