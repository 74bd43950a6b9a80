import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXIT_REFUSED } from '../src/command-error.ts'
import { isGone, setup, waitFor } from './cli-setup.ts'

const WORKER = { POSTHORN_ROLES: 'worker' }

describe('posthorn start', () => {
  it('stops its processes first and Postgres last, and exits 0, on SIGTERM', async () => {
    await using cli = await setup(WORKER)
    const run = await cli.start()
    const [role, postgres] = [cli.rolePids()[0] ?? 0, cli.postgresPid()]
    run.child.kill('SIGTERM')
    expect(await run.ended).toEqual([0, null])
    expect([isGone(role), isGone(postgres)]).toEqual([true, true])
    const log = readFileSync(join(cli.dataFolder, 'postgres/postgres.log'), 'utf8')
    expect(log).toContain('received fast shutdown request')
    expect(log).not.toContain('terminating connection due to administrator command')
  })

  it('keeps keys and password to itself', async () => {
    await using cli = await setup(WORKER)
    await cli.start()
    for (const name of ['secrets.json', 'postgres-password', 'posthorn.log']) {
      expect(statSync(join(cli.dataFolder, name)).mode & 0o077, name).toBe(0)
    }
  })

  it('says in the command line of each process which roles it has', async () => {
    await using cli = await setup({ POSTHORN_ROLES: 'worker;worker' })
    await cli.start()
    const lines = cli.rolePids().map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line).toMatch(/posthorn\.ts\0run\0worker\0$/)
  })

  it('starts a killed process again, and a killed Postgres', async () => {
    await using cli = await setup(WORKER)
    await cli.start()
    const [role, postgres] = [cli.rolePids()[0] ?? 0, cli.postgresPid()]
    process.kill(role, 'SIGKILL')
    process.kill(postgres, 'SIGKILL')
    await waitFor(
      () => cli.rolePids().some((pid) => pid !== role) && cli.postgresPid() !== postgres,
    )
    await waitFor(() => !isGone(cli.rolePids()[0] ?? role) && !isGone(cli.postgresPid()))
  })

  it('starts again after kill -9 of the supervisor, of everything but Postgres, and of everything', async () => {
    await using cli = await setup(WORKER)
    for (const victims of ['supervisor', 'processes', 'all'] as const) {
      const run = await cli.start()
      const pids = [run.pid, ...(victims === 'supervisor' ? [] : cli.rolePids())]
      if (victims === 'all') pids.push(cli.postgresPid())
      for (const pid of pids) process.kill(pid, 'SIGKILL')
      await run.ended
    }
    await cli.start()
  }, 240_000)
})

describe('a process of start that waits for its settings', () => {
  it('ends with its supervisor, quietly', async () => {
    await using cli = await setup({ POSTHORN_SUPERVISED: 'true' })
    const supervised = cli.supervised('run', 'worker')
    supervised.child.disconnect()
    const [code] = await supervised.ended
    expect([0, EXIT_REFUSED]).toContain(code)
    expect(supervised.output()).not.toContain('Error')
  })
})

describe('beside a running start', () => {
  it('makes tokens whose last line is the token, and ends them', async () => {
    await using cli = await setup(WORKER)
    await cli.start()
    const made = cli.posthorn('token')
    expect(await made.ended).toEqual([0, null])
    const token = made.output().trim().split('\n').at(-1) ?? ''
    expect(token).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
    const revoked = cli.posthorn('token', 'revoke', token)
    expect(await revoked.ended).toEqual([0, null])
    const nonsense = cli.posthorn('token', 'revoke', 'nonsense')
    expect(await nonsense.ended).toEqual([1, null])
    expect(nonsense.output()).toMatch(/^posthorn: [^\n]+\n$/)
  })

  it('makes, lists and revokes API keys', async () => {
    await using cli = await setup(WORKER)
    await cli.start()
    await cli.posthorn('token').ended
    const created = cli.posthorn('keys', 'create', 'billing', '--scopes', 'publish')
    expect(await created.ended).toEqual([0, null])
    const [id = ''] = /key_\w+/.exec(created.output()) ?? []
    const text = created.output().trim().split('\n').at(-1) ?? ''
    await cli.posthorn('keys', 'revoke', id).ended
    const listed = cli.posthorn('keys', 'list')
    await listed.ended
    expect(listed.output()).toMatch(new RegExp(`^${id}  billing  publish  revoked  `))
    expect(listed.output()).not.toContain(text)
  })

  it('says in one line that nothing runs', async () => {
    await using cli = await setup()
    const run = cli.posthorn('token')
    expect(await run.ended).toEqual([1, null])
    expect(run.output()).toMatch(/^posthorn: No Posthorn runs on [^\n]+\n$/)
  })
})
