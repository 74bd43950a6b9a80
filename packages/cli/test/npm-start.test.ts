import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, makeTestFolder } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { isGone, waitFor } from './cli-setup.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** On an idle machine it is ready in less than 3 s; a busy one of two cores may take many times that. */
const AGAIN_MS = 20_000

interface Start {
  readonly npm: ChildProcess
  readonly readyMs: number
  /** Up to when it was ready. */
  readonly output: string
  readonly ended: Promise<unknown[]>
}

/** As a newcomer runs it, but on a data folder and ports of its own. */
async function setup() {
  const dataFolder = await makeTestFolder('npm-start')
  const port = await freePort()
  const { REDIS_URL: _redis, DATABASE_URL: _database, ...inherited } = process.env
  const env = {
    ...inherited,
    POSTHORN_DATA: dataFolder,
    PORT: String(port),
    POSTHORN_INBOX_PORT: String(await freePort()),
    POSTHORN_INGEST_PORT: String(await freePort()),
  }
  const groups: number[] = []
  return {
    dataFolder,
    url: `http://127.0.0.1:${port}`,
    async npmStart(): Promise<Start> {
      const startedAt = performance.now()
      const npm = spawn('npm', ['start'], { cwd: ROOT, env, detached: true })
      groups.push(npm.pid ?? 0)
      const ended = once(npm, 'exit')
      let output = ''
      for (const stream of [npm.stdout, npm.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text))
      await waitFor(() => output.includes('Posthorn is ready') || npm.exitCode !== null)
      expect(output).toContain(`Posthorn is ready: http://127.0.0.1:${port}`)
      return { npm, readyMs: performance.now() - startedAt, output, ended }
    },
    /** All that runs on the data folder: the command itself, its roles and the database. */
    processes: () => [...processesOn(dataFolder), ...postgresOn(dataFolder)],
    [Symbol.asyncDispose]: async () => {
      for (const pid of [...processesOn(dataFolder), ...groups, ...postgresOn(dataFolder)])
        if (!isGone(pid)) process.kill(pid, 'SIGTERM')
      await waitFor(() => processesOn(dataFolder).length === 0)
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

function processesOn(dataFolder: string): number[] {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return numbers
    .map(Number)
    .filter((pid) => !isGone(pid) && environmentOf(pid).includes(dataFolder))
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}

/** None once it has stopped: it takes the file along. */
function postgresOn(dataFolder: string): number[] {
  const file = join(dataFolder, 'postgres/data/postmaster.pid')
  return existsSync(file) ? [Number(readFileSync(file, 'utf8').split('\n')[0])] : []
}

function supervisorOn(dataFolder: string): number {
  const supervisor = processesOn(dataFolder).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').endsWith('posthorn.ts\0start\0'),
  )
  if (supervisor === undefined) throw new Error('No supervisor runs.')
  return supervisor
}

it('npm start shows the first delivery, stops cleanly on Ctrl-C, and starts again on the same data', async () => {
  await using bench = await setup()
  const first = await bench.npmStart()
  expect(first.output).toContain('Processes: api and worker and ingest.')
  expect(first.output).toMatch(/^ {2}attempt +atmpt_\w+: 20\d in \d+ ms/m)
  expect(first.output).toContain('verified with the standardwebhooks library')
  expect(first.output).toMatch(/^API key \(shown this once\)$/m)
  const [, link = ''] = /^Console, for its first owner .+: (http\S+)$/m.exec(first.output) ?? []
  for (const url of [`${bench.url}/portal`, `${bench.url}/console`, link]) {
    const page = await fetch(url)
    expect([url, page.status]).toEqual([url, 200])
    expect(await page.text()).toContain('<div id="root"')
  }
  const all = bench.processes()
  // A terminal's Ctrl-C reaches the whole group: npm, the bootstrap and the command.
  process.kill(-(first.npm.pid ?? 0), 'SIGINT')
  expect(await first.ended).toEqual([0, null])
  expect(all.filter((pid) => !isGone(pid))).toEqual([])
  const log = readFileSync(join(bench.dataFolder, 'postgres/postgres.log'), 'utf8')
  expect(log).toContain('received fast shutdown request')
  // Nobody was connected any more.
  expect(log).not.toContain('terminating connection due to administrator command')

  const second = await bench.npmStart()
  expect(second.output).not.toContain('First delivery')
  expect(second.output).toContain('An API key: npx --no posthorn keys create <name>')
  expect(second.readyMs).toBeLessThan(AGAIN_MS)

  // Its processes and its database outlive it for a moment, on the ports and the folder.
  process.kill(supervisorOn(bench.dataFolder), 'SIGKILL')
  const third = await bench.npmStart()
  process.kill(-(third.npm.pid ?? 0), 'SIGINT')
  expect(await third.ended).toEqual([0, null])
  await waitFor(() => processesOn(bench.dataFolder).length === 0)
}, 240_000)
