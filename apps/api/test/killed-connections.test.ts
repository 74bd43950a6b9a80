import { createOrganisationToken } from '@posthorn/core'
import { createLogger } from '@posthorn/runtime'
import { startTestDatabase, waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { type ApiAnswer, sendAs } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

interface LogLine {
  readonly time: string
  readonly msg: string
}

const KILLS = 5
const MOST_KILLS = 200
const MESSAGE = { eventType: 'a.b', payload: { text: 'sesame' } }

/** An api that collects its log, with an application and as many connections as it may have. */
async function setup() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ name: 'api', destination })
  const { core, url } = stack.use(await startTestApi({ databaseUrl, logger }))
  const { token } = await createOrganisationToken(core, { expiresInSeconds: 3600 })
  const send = sendAs(url, token)
  await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const resources = stack.move()
  return {
    lines,
    send,
    publish: () => send('POST', '/app/one/msg', { body: MESSAGE }),
    told: (name: string) => parsed(lines).filter(({ msg }) => msg === name),
    async kill(): Promise<number> {
      const { rowCount } = await core.db.hot.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name IN ('posthorn api', 'posthorn listen')`,
      )
      return rowCount ?? 0
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function parsed(lines: readonly string[]): LogLine[] {
  return lines.map((line) => JSON.parse(line) as LogLine)
}

function mostInASecond(lines: readonly LogLine[]): number {
  const times = lines.map(({ time }) => Date.parse(time))
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
  )
}

function retryAfterOf({ status, headers }: ApiAnswer): [number, boolean] {
  return [status, /^\d+$/.test(headers.get('retry-after') ?? '')]
}

it('connections killed while idle are replaced, and the log says so in a few lines without keys', async () => {
  await using bundle = await setup()
  await Promise.all(Array.from({ length: 20 }, () => bundle.send('GET', '/app')))
  for (let kill = 0; kill < KILLS; kill++) {
    expect(await bundle.kill()).toBeGreaterThan(0)
    await waitFor('the api to go on', async () => (await bundle.publish()).status === 202)
  }
  await waitFor(
    'the loss to be told',
    async () => bundle.told('database.connection_lost').length > 0,
  )
  const own = parsed(bundle.lines).filter(
    ({ msg }) => !['http.request', 'message.published'].includes(msg),
  )
  expect(mostInASecond(own)).toBeLessThanOrEqual(10)
  expect(Math.max(...bundle.lines.map((line) => line.length))).toBeLessThan(4_000)
  expect(bundle.lines.join('')).not.toMatch(/secretKey|sesame/)
})

it('a publish whose connection is killed is kept or a 503 to try again, under a hail of kills', async () => {
  await using bundle = await setup()
  const answers: ApiAnswer[] = []
  const hitOne = () => answers.some(({ status }) => status !== 202)
  // Until one was under way in a killed connection: on an idle machine that may take several.
  const kills = (async () => {
    for (let kill = 0; kill < KILLS || (kill < MOST_KILLS && !hitOne()); kill++) await bundle.kill()
  })()
  let isOver = false
  const publishing = Array.from({ length: 4 }, async () => {
    while (!isOver) answers.push(await bundle.publish())
  })
  await kills.finally(() => (isOver = true))
  await Promise.all(publishing)
  await waitFor('the api to go on', async () => (await bundle.publish()).status === 202)
  expect(answers.filter(({ status }) => status === 202)).not.toEqual([])
  const refused = answers.filter(({ status }) => status !== 202)
  expect(refused.map(retryAfterOf)).toEqual(refused.map(() => [503, true]))
  for (const { body } of answers.filter(({ status }) => status === 202))
    expect((await bundle.send('GET', `/app/one/msg/${body.id}`)).status).toBe(200)
})
