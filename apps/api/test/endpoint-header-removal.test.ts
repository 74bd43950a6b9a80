import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'
const HEADERS = { 'X-Plain': 'seen', Authorization: 'Bearer hidden' }

async function setup() {
  const bench = await setupEndpoints()
  const path = await bench.createPath({ url: URL_A, headers: HEADERS })
  const call = (verb: 'remove' | 'undo-remove', body: object, on = path) =>
    bench.request('POST', `${on}/headers/${verb}`, body)
  return {
    bench,
    path,
    call,
    remove: async (name: string) => (await call('remove', { name })).body,
    shown: async () => (await bench.request('GET', `${path}/headers`)).body,
    /** As it is sent: what is read withholds it. */
    stored: async (): Promise<Record<string, string>> => {
      const { rows } = await bench.db.hot.query<{ headers: Uint8Array | null }>(
        'SELECT headers FROM endpoint WHERE id = $1',
        [path.split('/').at(-1)],
      )
      const sealed = rows[0]?.headers ?? null
      return sealed === null ? {} : JSON.parse(bench.core.vault.open(sealed))
    },
  }
}

describe('a header that was removed', () => {
  it('is gone at once, and back by its undo with the value that nobody is shown', async () => {
    const { bench, path, call, shown, stored } = await setup()
    const removed = await call('remove', { name: 'AUTHORIZATION' })
    expect(removed.status).toBe(200)
    expect(await stored()).toEqual({ 'X-Plain': 'seen' })
    const { undo, undoUntil } = removed.body
    expect(Date.parse(undoUntil)).toBeGreaterThan(Date.now())
    expect(Buffer.from(undo, 'base64url').toString('latin1')).not.toContain('hidden')

    expect((await call('undo-remove', { undo })).status).toBe(204)
    expect(await stored()).toEqual(HEADERS)
    expect(await shown()).toEqual({
      headers: { 'X-Plain': 'seen' },
      sensitive: ['Authorization'],
    })
    const history = await bench.request('GET', `${path}/history`)
    const changes = history.body.data.slice(0, 2).map((entry: { changes: object }) => entry.changes)
    expect(changes).toEqual([
      { Authorization: { from: null, to: '[withheld]' } },
      { Authorization: { from: '[withheld]', to: null } },
    ])
  })

  it('stays as it was set since', async () => {
    const { bench, path, call, remove, stored } = await setup()
    const { undo } = await remove('authorization')
    await bench.request('PATCH', `${path}/headers`, { headers: { AUTHORIZATION: 'Bearer other' } })
    const { status, body } = await call('undo-remove', { undo })
    expect([status, body.code]).toEqual([409, 'header_set_again'])
    expect(await stored()).toEqual({ 'X-Plain': 'seen', AUTHORIZATION: 'Bearer other' })
  })

  it('stays removed once its time to undo is over', async () => {
    const { bench, call, remove, stored } = await setup()
    const { vault } = bench.core
    const { undo } = await remove('x-plain')
    const sealed = JSON.parse(vault.open(Buffer.from(undo, 'base64url')))
    const ended = vault.seal(JSON.stringify({ ...sealed, untilMs: Date.now() }))
    const late = { undo: Buffer.from(ended).toString('base64url') }
    const { status, body } = await call('undo-remove', late)
    expect([status, body.code]).toEqual([409, 'undo_ended'])
    expect(await stored()).toEqual({ Authorization: 'Bearer hidden' })
  })

  it('comes back to no other endpoint, and by nothing but what was answered', async () => {
    const { bench, call, remove } = await setup()
    const { undo } = await remove('authorization')
    const other = await bench.createPath({ url: URL_A })
    const foreign = bench.core.vault.seal(JSON.stringify({ header: ['x-a', '1'] }))
    const answers = [
      await call('undo-remove', { undo }, other),
      await call('undo-remove', { undo: `${undo.slice(0, -4)}AAAA` }),
      await call('undo-remove', { undo: 'nonsense' }),
      await call('undo-remove', { undo: Buffer.from(foreign).toString('base64url') }),
      await call('undo-remove', {}),
    ]
    for (const { status, body } of answers)
      expect([status, body.detail[0].loc]).toEqual([422, ['body', 'undo']])
    expect((await bench.request('GET', `${other}/headers`)).body.sensitive).toEqual([])
  })
})

describe('removing a header', () => {
  it('that the endpoint does not have is a 404, and without a name a 422', async () => {
    const { call, stored } = await setup()
    expect((await call('remove', { name: 'x-other' })).status).toBe(404)
    expect((await call('remove', { name: '' })).status).toBe(422)
    expect(await stored()).toEqual(HEADERS)
  })

  it('is for who may manage endpoints of this application, and so is undoing it', async () => {
    const { bench, path, remove, stored } = await setup()
    const { undo } = await remove('x-plain')
    const sibling = path.replace(bench.appId, bench.siblingAppId)
    const reader = bench.as(await bench.portalToken(bench.appId, ['ViewBase']))
    const strangers = [bench.as(''), reader, bench.as(bench.strangerToken), bench.request]
    for (const [verb, body] of [
      ['remove', { name: 'authorization' }],
      ['undo-remove', { undo }],
    ] as const) {
      const asked = strangers.map((as, index) =>
        as('POST', `${index === 3 ? sibling : path}/headers/${verb}`, body),
      )
      const answers = await Promise.all(asked)
      expect(answers.map(({ status }) => status)).toEqual([401, 403, 404, 404])
    }
    expect(await stored()).toEqual({ Authorization: 'Bearer hidden' })
    const manager = bench.as(await bench.portalToken(bench.appId, ['ViewBase', 'ManageEndpoint']))
    expect((await manager('POST', `${path}/headers/undo-remove`, { undo })).status).toBe(204)
    expect(await stored()).toEqual(HEADERS)
  })
})
