import { takeTurns } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { type EndpointBench, setupEndpoints } from './endpoint-setup.ts'
import { endpointWith } from './task-steps.ts'

const WORKER = { worker: 'some-worker', seconds: 20 }
const ROUND = {
  horizonSeconds: 1,
  probeSeconds: 30,
  room: 100,
  endpointRoom: 100,
  busy: [],
  full: [],
}

/** An endpoint whose breaker opened; its next probe is due in half a minute. */
async function setupProbed() {
  const bench = await setupEndpoints()
  const { path, endpointId } = await endpointWith(bench)
  const { db } = bench
  await db.hot.query(
    `UPDATE endpoint_state SET failing_since = now() - interval '5 minutes', failure_count = 40, lane = true,
            breaker_opened_at = now() - interval '4 minutes', next_turn_at = now() + interval '30 seconds'
      WHERE endpoint_id = $1`,
    [endpointId],
  )
  const waitFor = (wait: 'time' | 'turn', count: number) =>
    bench.addDeliveries(endpointId, { count, wait, attempts: wait === 'time' ? 2 : 0 })
  const probe = (call = bench.request) => call('POST', `${path}/probe`)
  /** What any worker takes when it looks: of this endpoint. */
  const take = async () => {
    const taken = await takeTurns(db.hot, ROUND, WORKER)
    return taken.filter((row) => row.endpointId === endpointId).map((row) => row.messageId)
  }
  return { bench, path, endpointId, waitFor, probe, take }
}

function attempted(bench: EndpointBench, endpointId: string, secondsAgo: number) {
  const atMs = Date.now() - secondsAgo * 1000
  return bench.db.hot.query(
    `INSERT INTO attempt (message_id, id, endpoint_id, app_id, trigger, number, success, url, response_status, duration_ms)
     VALUES ($1, $2, $3, $4, 'scheduled', 1, false, 'https://hooks.example.com/a', 500, 9)`,
    [newId('msg_', atMs), newId('atmpt_', atMs), endpointId, bench.appId],
  )
}

describe('a probe that is asked for', () => {
  it('lets whichever worker looks next take what waits longest, and only that, on the record', async () => {
    const { bench, waitFor, probe, take } = await setupProbed()
    await waitFor('turn', 3)
    expect(await take()).toEqual([])
    const portal = bench.as(await bench.portalToken(bench.appId, ['CreateAttempts']))
    const { status, body } = await probe(portal)
    expect({ status, body }).toEqual({
      status: 202,
      body: { messageId: expect.stringMatching(/^msg_/), lastAttemptId: null, isUnderWay: false },
    })
    expect(await take()).toEqual([body.messageId])
    expect(await take()).toEqual([])
    expect(await bench.auditActions()).toContain('endpoint.probe')
  })

  it('takes the next retry where nothing waits for a turn', async () => {
    const { bench, endpointId, waitFor, probe, take } = await setupProbed()
    await waitFor('time', 2)
    await bench.db.hot.query(
      `UPDATE delivery SET next_attempt_at = now() + interval '1 hour' WHERE endpoint_id = $1`,
      [endpointId],
    )
    const { body } = await probe()
    expect(await take()).toEqual([body.messageId])
    expect(await bench.deliveryCounts(endpointId)).toContainEqual(
      expect.objectContaining({ wait: 'time', count: 1 }),
    )
  })

  it('is the one that is under way, however often it is asked for', async () => {
    const { waitFor, probe, take } = await setupProbed()
    await waitFor('turn', 3)
    const { body } = await probe()
    await take()
    const again = await Promise.all([probe(), probe(), probe()])
    for (const answer of again)
      expect(answer.body).toMatchObject({ messageId: body.messageId, isUnderWay: true })
    expect(await take()).toEqual([])
  })

  it('is refused within seconds of an attempt, and says how long', async () => {
    const { bench, endpointId, waitFor, probe, take } = await setupProbed()
    await waitFor('turn', 1)
    await attempted(bench, endpointId, 2)
    const { status, headers } = await probe()
    expect(status).toBe(429)
    const wait = Number(headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(5)
    expect(await take()).toEqual([])
  })

  it('is made again once that is over', async () => {
    const { bench, endpointId, waitFor, probe } = await setupProbed()
    await waitFor('turn', 1)
    await attempted(bench, endpointId, 6)
    expect((await probe()).status).toBe(202)
  })

  it('needs something that waits, an open breaker, no hold, and an endpoint that is enabled', async () => {
    const { bench, path, endpointId, waitFor, probe } = await setupProbed()
    const refusal = async () => {
      const { status, body } = await probe()
      return [status, body.code]
    }
    const change = (set: string) =>
      bench.db.hot.query(`UPDATE endpoint_state SET ${set} WHERE endpoint_id = $1`, [endpointId])
    expect(await refusal()).toEqual([409, 'nothing_waits'])
    await waitFor('turn', 1)
    await change(`held_until = now() + interval '1 minute'`)
    expect(await refusal()).toEqual([409, 'held_by_receiver'])
    await change('held_until = NULL, breaker_opened_at = NULL')
    expect(await refusal()).toEqual([409, 'not_probed'])
    await bench.request('PATCH', path, { disabled: true })
    expect(await refusal()).toEqual([400, 'endpoint_disabled'])
  })

  it('is not for those who may only look, nor for others', async () => {
    const { bench, waitFor, probe, take } = await setupProbed()
    await waitFor('turn', 1)
    const ask = async (token: string) => (await probe(bench.as(token))).status
    expect(await ask(await bench.portalToken(bench.appId, ['ViewBase', 'ManageEndpoint']))).toBe(
      403,
    )
    expect(await ask(await bench.portalToken(bench.siblingAppId))).toBe(404)
    expect(await ask(bench.strangerToken)).toBe(404)
    expect(await ask('')).toBe(401)
    expect(await take()).toEqual([])
  })

  it('is told of in the state: when the next is due, and when the endpoint is disabled', async () => {
    const { bench, path } = await setupProbed()
    const { body } = await bench.request('GET', path)
    const inSeconds = (at: string) => (Date.parse(at) - Date.now()) / 1000
    expect(inSeconds(body.state.nextProbeAt)).toBeGreaterThan(20)
    expect(inSeconds(body.state.nextProbeAt)).toBeLessThanOrEqual(31)
    expect(Date.parse(body.state.disablesAt) - Date.parse(body.state.failingSince)).toBe(
      432_000_000,
    )
  })
})

describe('probes of many endpoints', () => {
  it('are asked for one by one: who is not probed is told why, and keeps no other from it', async () => {
    const { bench, path, endpointId, waitFor, take } = await setupProbed()
    await waitFor('turn', 2)
    const well = await endpointWith(bench)
    const endpointIds = [well.endpointId, endpointId, endpointId]
    const ask = (call = bench.request, ids = endpointIds) =>
      call('POST', '/support/probe', { endpointIds: ids })
    const { status, body } = await ask()
    expect(status).toBe(202)
    expect(body.data).toHaveLength(2)
    const [probed] = body.data.filter((one: { probe: unknown }) => one.probe !== null)
    expect(probed).toMatchObject({ endpointId, refusal: null, probe: { isUnderWay: false } })
    expect(body.data).toContainEqual({
      endpointId: well.endpointId,
      appId: bench.appId,
      probe: null,
      refusal: 'not_probed',
    })
    expect(await take()).toEqual([probed.probe.messageId])

    await bench.request('PATCH', path, { disabled: true })
    expect((await ask(bench.request, [endpointId])).body.data[0]).toMatchObject({
      probe: null,
      refusal: 'endpoint_disabled',
    })
    const portal = bench.as(await bench.portalToken(bench.appId, ['CreateAttempts']))
    expect((await ask(portal)).status).toBe(403)
    expect((await ask(bench.request, [])).status).toBe(422)
    const stranger = await setupEndpoints()
    expect((await ask(stranger.request)).status).toBe(404)
  })
})
