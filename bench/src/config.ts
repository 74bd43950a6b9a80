/** The only place where the bench reads the environment. */
export type BenchEnvironment = {
  /** An administrator's URL: databases are created beside it. Without it the embedded Postgres is started. */
  databaseUrl: string | null
  /** Without it a private redis-server is started, where installed. */
  redisUrl: string | null
  /** A browser for the pages; where the system has none in a usual place. */
  chromiumPath: string | null
  inherited: NodeJS.ProcessEnv
}

export function readBenchEnvironment(): BenchEnvironment {
  return {
    databaseUrl: process.env['BENCH_DATABASE_URL'] ?? null,
    redisUrl: process.env['REDIS_URL'] ?? null,
    chromiumPath: process.env['CHROMIUM_PATH'] ?? null,
    inherited: process.env,
  }
}
