export type Settings = Readonly<Record<string, string | number>>

export interface SettingsInput {
  port: number
  socketFolder: string
  /** False: nothing survives a crash of the machine; for tests. */
  isDurable: boolean
}

const WAL_FILE_MB = 16
/** Files of the write-ahead log that wait to be used again after each checkpoint. */
export const KEPT_WAL_FILES = 16
export const KEPT_WAL = `${KEPT_WAL_FILES * WAL_FILE_MB}MB`

/** Settings of the server: all that is accepted stays on disk, and checkpoints come seldom. */
export function serverSettings(input: SettingsInput): Settings {
  return {
    listen_addresses: '127.0.0.1',
    port: input.port,
    unix_socket_directories: input.socketFolder,
    unix_socket_permissions: '0700',
    max_connections: 200,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    min_wal_size: KEPT_WAL,
    checkpoint_timeout: '15min',
    // A plan for short statements is worth more than compiling them.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(input.isDurable ? DURABLE : THROWAWAY),
  }
}

const DURABLE: Settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Postgres's own default. Each look starts a process for every database, some 20 ms of CPU: at 30 s these were
  // a quarter of what Postgres does while little is sent.
  autovacuum_naptime: '60s',
}
const THROWAWAY: Settings = {
  // A server of tests has dozens of databases, none of which lives for long.
  autovacuum_naptime: '10min',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Its folder may be in memory.
  max_wal_size: '256MB',
  min_wal_size: '64MB',
}

/** As `pg_ctl -o` wants them: one string that a shell splits. */
export function asServerOptions(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}='${String(value).replaceAll("'", "'\\''")}'`)
    .join(' ')
}
