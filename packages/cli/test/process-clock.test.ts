import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Receiver, startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { ApiClient } from '../src/api-client.ts'
import { setup } from './cli-setup.ts'

const HOUR_MS = 3_600_000
const CLOSE_MS = 60_000
const MESSAGES = 10

/** What the processes of roles, and they alone, load first: a `Date` that is off. */
function wrongClock(hours: number): string {
  const code = `
    if (process.argv.includes('run')) {
      const RightDate = Date
      globalThis.Date = class Date extends RightDate {
        constructor(...given) {
          if (given.length === 0) super(Date.now())
          else super(...given)
        }
        static now() {
          return RightDate.now() + ${hours * HOUR_MS}
        }
      }
    }`
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}

describe.each([3, -1])('processes whose own clock is off by %i h', (hours) => {
  it('deliver, retry and rescue as soon as others, and say the right time', async () => {
    await using receiver = await startReceiver()
    await using cli = await setup({
      NODE_OPTIONS: wrongClock(hours),
      POSTHORN_RETRY_SCHEDULE: '1,2,4,8,16,32',
      POSTHORN_REQUEST_TIMEOUT: '3',
    })
    const run = await cli.start()
    expect(run.output()).toContain('verified with the standardwebhooks library')
    const api = new ApiClient(`http://127.0.0.1:${cli.port}`, keyIn(run.output()))
    const appId = await api.createApplication('Off')
    await api.createEndpoint(appId, { url: receiver.url, secret: `whsec_${'A'.repeat(32)}` })
    const publish = () => api.publish(appId, { eventType: 'invoice.paid', payload: {} })

    expect(Math.abs(loggedHoursOff(cli.dataFolder) - hours)).toBeLessThan(0.5)
    receiver.replies(503)
    const retried = await Promise.all(Array.from({ length: MESSAGES }, publish))
    await waitFor('first attempts', () => retried.every((id) => receiver.of(id).length > 0))
    receiver.replies(200)
    await waitFor('the retries', () => retried.every((id) => receiver.of(id).length > 1), 60_000)
    expect(secondsOff(receiver)).toBeLessThan(CLOSE_MS / 1000)

    receiver.replies('hang')
    const rescued = await publish()
    await waitFor('the attempt', () => receiver.of(rescued).length > 0)
    receiver.replies(200)
    for (const pid of cli.rolePids()) process.kill(pid, 'SIGKILL')
    await waitFor('the rescue', () => receiver.of(rescued).length > 1, 60_000)
  })
})

function loggedHoursOff(dataFolder: string): number {
  const log = readFileSync(join(dataFolder, 'posthorn.log'), 'utf8')
  const { time }: { time: string } = JSON.parse(log.slice(0, log.indexOf('\n')))
  return (Date.parse(time) - Date.now()) / HOUR_MS
}

function keyIn(output: string): string {
  return /phk_\w+/.exec(output)?.[0] ?? ''
}

function secondsOff(receiver: Receiver): number {
  const off = receiver.requests.map(
    ({ headers, atMs }) =>
      Number(headers['webhook-timestamp']) - (performance.timeOrigin + atMs) / 1000,
  )
  return Math.max(...off.map(Math.abs))
}
