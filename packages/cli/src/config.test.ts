import { ConfigError } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { loadCliConfig } from './config.ts'

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadCliConfig(env)
    return []
  } catch (err) {
    return err instanceof ConfigError ? err.faults : [`not a ConfigError: ${String(err)}`]
  }
}

describe('loadCliConfig', () => {
  it('is local with an embedded database and one process when nothing is set', () => {
    const config = loadCliConfig({})
    expect(config).toMatchObject({ mode: 'local', database: null, apiPort: 8071 })
    expect(config.processes).toEqual([['api', 'worker', 'ingest']])
  })

  it('is production with a database, and refuses it without secrets, naming both', () => {
    expect(faultsOf({ DATABASE_URL: 'postgresql://db/posthorn', PORT: 'x' })).toEqual([
      'PORT: must be a port, 1 to 65535',
      'POSTHORN_JWT_SECRET: is required in production',
      'POSTHORN_ENCRYPTION_KEYS: is required in production',
    ])
  })

  it('takes no store by an address that is none of its kind', () => {
    const secrets = { POSTHORN_JWT_SECRET: 'x', POSTHORN_ENCRYPTION_KEYS: 'x' }
    const stores = { DATABASE_URL: 'mysql://db/posthorn', REDIS_URL: 'cache:6379' }
    expect(faultsOf({ ...secrets, ...stores })).toEqual([
      'DATABASE_URL: must be a URL like postgresql://user:password@host:5432/database',
      'REDIS_URL: must be a URL like redis://:password@host:6379/0',
    ])
    for (const REDIS_URL of ['redis://cache', 'rediss://:p%40ss@cache:6380/2'])
      expect(faultsOf({ REDIS_URL })).toEqual([])
  })

  it('names every fault on a line of its own', () => {
    const faults = faultsOf({ PORT: 'x', POSTHORN_ROLES: 'web', POSTHORN_MODE: 'test' })
    expect(faults.map((line) => line.split(':')[0])).toEqual([
      'POSTHORN_MODE',
      'PORT',
      'POSTHORN_ROLES',
    ])
  })
})
