/** The only place where the bare baseline reads the environment. */
export type BaselineConfig = {
  roles: readonly string[]
  port: number
  databaseUrl: string
  queue: { kind: 'redis'; url: string } | { kind: 'postgres'; url: string }
}

export function readBaselineConfig(): BaselineConfig {
  const databaseUrl = required('BASELINE_DATABASE_URL')
  const redisUrl = process.env['BASELINE_REDIS_URL']
  return {
    roles: required('BASELINE_ROLES').split(','),
    port: Number(required('BASELINE_PORT')),
    databaseUrl,
    queue:
      redisUrl === undefined
        ? { kind: 'postgres', url: databaseUrl }
        : { kind: 'redis', url: redisUrl },
  }
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
