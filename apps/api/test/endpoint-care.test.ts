import { createSocket } from 'node:dgram'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { setupEndpoints } from './endpoint-setup.ts'
import { startTestApi } from './test-api.ts'

const URL_A = 'https://hooks.example.com/a'

describe('a URL that is being typed', () => {
  /** Names are asked of a server that never answers. */
  async function setupCheck(env: Readonly<Record<string, string>> = {}) {
    const { databaseUrl, send, token } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const stack = new AsyncDisposableStack()
    const silent = createSocket('udp4')
    await new Promise<void>((resolve) => void silent.bind(0, '127.0.0.1', resolve))
    stack.defer(() => void silent.close())
    const resolver = { servers: [`127.0.0.1:${silent.address().port}`], timeoutMs: 300 }
    const api = stack.use(await startTestApi({ databaseUrl, env, resolver }))
    const sendChecked = sendAs(api.url, token)
    const check = async (url: string, more: object = {}) =>
      (await sendChecked('POST', '/app/one/endpoint/check-url', { body: { url, ...more } })).body
    return { check, send: sendChecked, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }

  it('is refused by its rule, as it would be when it is saved', async () => {
    await using given = await setupCheck()
    const { fault } = await given.check('https://10.0.0.1/hooks')
    expect(fault.rule).toBe('blocked_address')
    const saved = await given.send('POST', '/app/one/endpoint', {
      body: { url: 'https://10.0.0.1/hooks' },
    })
    expect(saved.body.detail[0].msg).toBe(fault.message)
    expect((await given.check('hooks.example.com/a')).fault.rule).toBe('not_a_url')
  })

  it.each(['https://203.0.114.9/hooks', 'https://a.corp.example/hooks'])(
    'is refused with a reason if it is where the operator sends nothing: %s',
    async (url) => {
      await using given = await setupCheck({
        POSTHORN_REFUSE_SUBNETS: '203.0.114.0/24',
        POSTHORN_REFUSE_HOSTS: '*.corp.example',
      })
      const fault = { rule: 'refused_host', message: 'This host is not sent to.' }
      expect((await given.check(url)).fault).toEqual(fault)
      const saved = await given.send('POST', '/app/one/endpoint', { body: { url } })
      expect(saved).toMatchObject({
        status: 422,
        body: { detail: [{ loc: ['body', 'url'], msg: fault.message }] },
      })
    },
  )

  it('is only warned of when its name servers are silent', async () => {
    await using given = await setupCheck()
    expect(await given.check(URL_A)).toEqual({
      fault: null,
      warnings: ['dns_timeout'],
      testReceiverUrl: null,
    })
  })

  it('is warned of when another endpoint has it, not when the same one has', async () => {
    await using given = await setupCheck()
    const url = 'https://93.184.216.34/hooks'
    const { body } = await given.send('POST', '/app/one/endpoint', { body: { url } })
    expect((await given.check(url)).warnings).toEqual(['url_used'])
    expect((await given.check(url, { endpointId: body.id })).warnings).toEqual([])
  })
})

describe('a list of endpoints', () => {
  async function setupList() {
    const bench = await setupEndpoints()
    const paths: string[] = []
    for (const [name, description] of [
      ['orders', 'Warehouse'],
      ['ORDERS-eu', ''],
      ['bills', 'the 100% of it'],
    ])
      paths.push(await bench.createPath({ url: `https://hooks.example.com/${name}`, description }))
    const list = async (query: string) => {
      const { body } = await bench.request('GET', `/app/own/endpoint?${query}`)
      return body.data.map(({ url }: { url: string }) => url.split('/').at(-1))
    }
    return { bench, paths, list }
  }

  it('is searched by URL, description and id, whatever the case', async () => {
    const { paths, list } = await setupList()
    expect(await list('search=Orders')).toEqual(['ORDERS-eu', 'orders'])
    expect(await list('search=orders&order=ascending')).toEqual(['orders', 'ORDERS-eu'])
    expect(await list('search=100%25')).toEqual(['bills'])
    expect(await list('search=wareHOUSE')).toEqual(['orders'])
    expect(await list(`search=${paths[2]?.split('/').at(-1)}`)).toEqual(['bills'])
    expect(await list('search=nothing')).toEqual([])
  })

  it('is walked in both directions while it is searched', async () => {
    const { bench } = await setupList()
    const page = async (query: string) =>
      (await bench.request('GET', `/app/own/endpoint?search=hooks&limit=2&${query}`)).body
    const first = await page('')
    const second = await page(`iterator=${first.iterator}`)
    expect([first.data.length, first.done, second.data.length, second.done]).toEqual([
      2,
      false,
      1,
      true,
    ])
    const back = await page(`iterator=${second.prevIterator}`)
    expect(back.data).toEqual(first.data)
  })

  it('is filtered by health', async () => {
    const { bench, paths, list } = await setupList()
    await bench.request('PATCH', paths[0] ?? '', { disabled: true })
    await bench.db.hot.query(
      'UPDATE endpoint_state SET failure_count = 6, failing_since = now() WHERE endpoint_id = $1',
      [paths[1]?.split('/').at(-1)],
    )
    expect(await list('health=disabled')).toEqual(['orders'])
    expect(await list('health=failing')).toEqual(['ORDERS-eu'])
    expect(await list('health=new')).toEqual(['bills'])
    expect(await list('health=new&search=orders')).toEqual([])
    const { status } = await bench.request('GET', '/app/own/endpoint?health=fine')
    expect(status).toBe(422)
  })

  it('is answered worst first, and walked so in both directions', async () => {
    const { bench, paths } = await setupList()
    const ids = paths.map((path) => path.split('/').at(-1) ?? '')
    const names = new Map(ids.map((id, at) => [id, ['limited', 'failing', 'new'][at] ?? '']))
    for (const name of ['disabled', 'failing longer']) {
      const path = await bench.createPath({ url: URL_A, disabled: name === 'disabled' })
      names.set(path.split('/').at(-1) ?? '', name)
    }
    const change = (name: string, set: string) =>
      bench.db.hot.query(`UPDATE endpoint_state SET ${set} WHERE endpoint_id = $1`, [
        [...names].find(([, other]) => other === name)?.[0],
      ])
    await change('failing', 'failure_count = 5, failing_since = now()')
    await change('failing longer', "failure_count = 5, failing_since = now() - interval '1 day'")
    await change('limited', 'rate = 1, lane = true, next_turn_at = now()')
    const page = async (query: string) => {
      const { body } = await bench.request('GET', `/app/own/endpoint?sort=worst&${query}`)
      return { ...body, names: body.data.map(({ id }: { id: string }) => names.get(id)) }
    }
    const all = ['failing longer', 'failing', 'limited', 'disabled', 'new']
    expect((await page('')).names).toEqual(all)
    expect((await page('order=ascending')).names).toEqual(all.toReversed())
    const first = await page('limit=2')
    const second = await page(`limit=2&iterator=${first.iterator}`)
    const third = await page(`limit=2&iterator=${second.iterator}`)
    expect([first, second, third].flatMap(({ names: some }) => some)).toEqual(all)
    expect([first.done, second.done, third.done]).toEqual([false, false, true])
    const back = await page(`limit=2&iterator=${third.prevIterator}`)
    expect(back.names).toEqual(second.names)
    expect((await page('search=orders')).names).toEqual(['failing', 'limited'])
    for (const query of ['iterator=9.1.ep_1', 'health=failing']) {
      const { status } = await bench.request('GET', `/app/own/endpoint?sort=worst&${query}`)
      expect(status).toBe(422)
    }
  })

  it('finds nothing of another application', async () => {
    const { bench } = await setupList()
    const { body } = await bench.request('GET', '/app/sibling/endpoint?search=hooks')
    expect(body.data).toEqual([])
  })
})

describe('the history of an endpoint', () => {
  it('tells what was changed and by whom in kind, without names and secrets', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const portal = bench.as(await bench.portalToken(bench.appId))
    await portal('PATCH', path, { description: 'Ours', disabled: true })
    await portal('PATCH', `${path}/headers`, { headers: { 'x-key': 'hunter2' } })
    await portal('POST', `${path}/secret/rotate`, {})
    const { body, text } = await portal('GET', `${path}/history`)
    expect(
      body.data.map((entry: { by: string; action: string }) => [entry.by, entry.action]),
    ).toEqual([
      ['customer', 'endpoint.rotate_secret'],
      ['customer', 'endpoint.update_headers'],
      ['customer', 'endpoint.update'],
      ['api', 'endpoint.create'],
    ])
    expect(body.data[2].changes).toEqual({
      description: { from: '', to: 'Ours' },
      disabled: { from: false, to: true },
    })
    expect(body.data[1].changes).toEqual({ 'x-key': { from: null, to: '[withheld]' } })
    expect(text).not.toContain('hunter2')
    expect(text).not.toMatch(/portal:|token:/)
  })

  it("is not another application's to read", async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const sibling = bench.as(await bench.portalToken(bench.siblingAppId))
    expect((await sibling('GET', `${path}/history`)).status).toBe(404)
    const own = path.replace(bench.appId, bench.siblingAppId)
    expect((await sibling('GET', `${own}/history`)).status).toBe(404)
  })
})

describe('the secrets of an endpoint', () => {
  it('are listed while they sign, without their values and by the clock of the server', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const secret = (await bench.request('GET', `${path}/secret`)).body.key
    await bench.request('POST', `${path}/secret/rotate`, { gracePeriodSeconds: 3_600 })
    const { body, text } = await bench.request('GET', `${path}/secret/list`)
    expect(body.data.map(({ expiresAt }: { expiresAt: string | null }) => expiresAt)).toEqual([
      null,
      expect.any(String),
    ])
    expect(body.data[1].fingerprint).not.toBe(body.data[0].fingerprint)
    expect(text).not.toContain(secret)
    const leftMs = Date.parse(body.data[1].expiresAt) - Date.parse(body.now)
    expect(leftMs).toBeGreaterThan(0)
    expect(leftMs).toBeLessThanOrEqual(3_600_000)
  })

  it('are one again once the grace is ended, which is audited once', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    await bench.request('POST', `${path}/secret/rotate`, {})
    for (let time = 0; time < 2; time++)
      expect((await bench.request('POST', `${path}/secret/end-grace`)).status).toBe(204)
    const { body } = await bench.request('GET', `${path}/secret/list`)
    expect(body.data).toHaveLength(1)
    const { body: history } = await bench.request('GET', `${path}/history`)
    const actions = history.data.map(({ action }: { action: string }) => action)
    expect(actions.filter((action: string) => action === 'endpoint.end_secret_grace')).toEqual([
      'endpoint.end_secret_grace',
    ])
  })

  it('may be seen by whoever may view, and ended only by who may manage them', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const viewer = bench.as(await bench.portalToken(bench.appId, ['ViewBase']))
    expect((await viewer('GET', `${path}/secret/list`)).status).toBe(200)
    expect((await viewer('POST', `${path}/secret/end-grace`)).status).toBe(403)
  })
})
