import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { BoundedOutput, type WriteChunk } from './bounded-output.ts'
import { createLogger } from './logger.ts'
import { seldom } from './seldom.ts'

function setup(maxBuffered = 1_000) {
  const chunks: string[] = []
  const pending: ((err?: Error) => void)[] = []
  const writeChunk: WriteChunk = (chunk, done) => {
    chunks.push(chunk)
    pending.push(done)
  }
  const describeDrops = (count: number): string => `dropped ${count}\n`
  const output = new BoundedOutput({ writeChunk, maxBuffered, describeDrops })
  return { output, chunks, finishWrite: (err?: Error) => pending.shift()?.(err) }
}

const wrote = (chunks: readonly string[], count: number): Promise<void> =>
  vi.waitFor(() => expect(chunks).toHaveLength(count))

describe('createLogger', () => {
  it('writes one JSON line with the fields and the dotted name', () => {
    const lines: string[] = []
    const logger = createLogger({ name: 'api', destination: { write: (line) => lines.push(line) } })
    logger.child({ orgId: 'org_1' }).info({ status: 202 }, 'message.published')
    expect(lines).toHaveLength(1)
    const line: unknown = JSON.parse(lines[0] ?? '')
    expect(line).toMatchObject({ level: 'info', name: 'api', orgId: 'org_1', status: 202 })
    expect(line).toMatchObject({ msg: 'message.published' })
  })

  it('censors what is named like a secret, four levels deep', () => {
    const lines: string[] = []
    const logger = createLogger({ name: 'api', destination: { write: (line) => lines.push(line) } })
    const headers = { authorization: 'hush', 'x-api-key': 'hush', cookie: 'hush' }
    logger.info({ req: { headers }, secret: 'hush', endpoint: { secret: 'hush' } }, 'http.request')
    const child = logger.child({ token: 'hush', headers })
    child.error({}, 'http.failed')
    child.wide({ password: 'hush', req: { headers } }, 'http.request')
    expect(lines).toHaveLength(3)
    expect(lines.join('')).not.toContain('hush')
  })

  it('tells of an error what every error has, and nothing that a library hung on it', () => {
    const lines: string[] = []
    const logger = createLogger({ name: 'api', destination: { write: (line) => lines.push(line) } })
    const hung = { client: { secretKey: 'hush' }, detail: 'Failing row contains (hush).' }
    const cause = Object.assign(new TypeError('inner'), hung)
    const err = Object.assign(new Error('outer', { cause }), hung, { code: '57P01' })
    logger.error({ err }, 'api.failed')
    logger.error({ err: { ...hung, message: 'x'.repeat(100_000) } }, 'api.failed')
    logger.error({ err: 'text' }, 'api.failed')
    const [whole, odd, text] = lines.map((line) => JSON.parse(line).err)
    expect(whole).toEqual({
      type: 'Error',
      message: 'outer',
      code: '57P01',
      stack: expect.stringMatching(/^Error: outer\n/),
      cause: { type: 'TypeError', message: 'inner', stack: expect.any(String) },
    })
    expect(odd).toEqual({ type: 'Object', message: `${'x'.repeat(1_000)}…` })
    expect(text).toEqual({ type: 'string', message: 'text' })
  })

  it('says the same trouble once a second where it is told seldom, and each other one too', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const lines: string[] = []
    const logger = createLogger({ name: 'api', destination: { write: (line) => lines.push(line) } })
    const log = seldom(logger.warn)
    for (const what of ['queue', 'queue', 'listen']) log({ what }, 'api.failed')
    log({}, 'database.connection_lost')
    vi.advanceTimersByTime(999)
    log({ what: 'queue' }, 'api.failed')
    vi.advanceTimersByTime(1)
    log({ what: 'queue' }, 'api.failed')
    const whats = lines.map((line): unknown => JSON.parse(line).what)
    expect(whats).toEqual(['queue', 'listen', undefined, 'queue'])
  })

  it('writes the same wide as it writes by the ordinary way', () => {
    const lines: string[] = []
    const destination = { write: (line: string) => lines.push(line.replace(/"time":"[^"]+"/, '')) }
    const logger = createLogger({ name: 'worker', destination }).child({ part: 'a "b"' }).child({})
    const fields = {
      url: 'https://x/?q="',
      status: 202,
      gone: undefined,
      no: null,
      at: { ms: 1.5 },
    }
    logger.info(fields, 'delivery.attempted')
    logger.wide(fields, 'delivery.attempted')
    expect(lines[1]).toBe(lines[0])
    logger.info({}, 'delivery.attempted')
    logger.wide({}, 'delivery.attempted')
    expect(lines[3]).toBe(lines[2])
    createLogger({ name: 'worker', level: 'warn', destination }).wide(fields, 'delivery.attempted')
    expect(lines).toHaveLength(4)
  })
})

describe('BoundedOutput', () => {
  it('writes what waits together, one write at a time', async () => {
    const { output, chunks, finishWrite } = setup()
    output.write('a\n')
    output.write('b\n')
    await wrote(chunks, 1)
    output.write('c\n')
    output.write('d\n')
    expect(chunks).toEqual(['a\nb\n'])
    finishWrite()
    await wrote(chunks, 2)
    expect(chunks).toEqual(['a\nb\n', 'c\nd\n'])
  })

  it('drops and counts beyond its bound while the reader stalls, and says so afterwards', async () => {
    const { output, chunks, finishWrite } = setup(10)
    for (let i = 0; i < 20; i++) output.write('12345')
    await wrote(chunks, 1)
    expect(output.dropped).toBe(18)
    finishWrite()
    await wrote(chunks, 2)
    expect(chunks).toEqual(['1234512345', 'dropped 18\n'])
  })

  it('counts lines lost by a failed write and goes on', async () => {
    const { output, chunks, finishWrite } = setup()
    output.write('lost\n')
    await wrote(chunks, 1)
    finishWrite(new Error('disk full'))
    expect(output.dropped).toBe(1)
    output.write('kept\n')
    await wrote(chunks, 2)
    expect(chunks.at(-1)).toBe('kept\n')
  })

  it('drains when all is written, or gives up after the time allowed', async () => {
    const { output, chunks, finishWrite } = setup()
    output.write('a')
    await wrote(chunks, 1)
    await output.drain(1)
    const drained = output.drain(60_000)
    finishWrite()
    await drained
  })
})

describe('stdoutLog', () => {
  const script = (then: string): string => `
    import { createLogger, stdoutLog } from ${JSON.stringify(import.meta.resolve('./index.ts'))}
    const logger = createLogger({ name: 'flood' })
    for (let i = 0; i < 40_000; i++) logger.info({ i, padding: 'x'.repeat(200) }, 'flood.line')
    ${then}`
  const run = (then: string) =>
    spawn(process.execPath, ['--input-type=module', '-e', script(then)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  it('keeps the event loop turning and the exit free while nobody reads', async () => {
    const child = run(
      `setTimeout(() => { process.exitCode = stdoutLog().dropped > 0 ? 7 : 1; process.exit() }, 50)`,
    )
    const [code]: unknown[] = await once(child, 'exit')
    expect(code).toBe(7)
  })

  it('lets the process end by itself once drained, though nobody reads', async () => {
    const child = run(`setTimeout(() => void stdoutLog().drain(100), 50)`)
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('outlives a reader that is gone', async () => {
    const child = run(
      `setTimeout(() => { logger.info({}, 'still.here'); setTimeout(() => process.exit(7), 50) }, 50)`,
    )
    child.stdout.destroy()
    const [code]: unknown[] = await once(child, 'exit')
    expect(code).toBe(7)
  })
})
