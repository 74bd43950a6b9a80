import { isPortFree } from '@posthorn/embedded'
import { ConfigError, type Env } from '@posthorn/runtime'
import { type CliConfig, DEFAULT_PORTS } from './config.ts'
import type { Role } from './roles.ts'

interface WantedPort {
  readonly setting: string
  readonly port: number
  readonly host: string
}

/** @throws {ConfigError} with a line for each port that is taken, or that two of ours would listen at */
export async function refuseTakenPorts(config: CliConfig): Promise<void> {
  const wanted = wantedPorts(config)
  const isFirst = ({ port }: WantedPort, at: number): boolean =>
    wanted.findIndex((other) => other.port === port) === at
  const faults = sharedLines(wanted)
  // Trying a port takes it for a moment: each once, one after the other.
  for (const each of wanted.filter(isFirst))
    if (!(await isPortFree(each.port, each.host))) faults.push(takenLine(each))
  if (faults.length > 0) throw new ConfigError(faults)
}

function wantedPorts(config: CliConfig): WantedPort[] {
  const { host, apiPort, ingestPort, workerPort } = config
  const ofRole: Readonly<Record<Role, WantedPort | null>> = {
    api: { setting: 'PORT', port: apiPort, host },
    ingest: { setting: 'POSTHORN_INGEST_PORT', port: ingestPort, host },
    worker:
      workerPort === null ? null : { setting: 'POSTHORN_WORKER_PORT', port: workerPort, host },
  }
  const inbox = { setting: 'POSTHORN_INBOX_PORT', port: config.inboxPort, host: '127.0.0.1' }
  const ofRoles = config.processes.flat().map((role) => ofRole[role])
  return [...ofRoles, config.mode === 'local' ? inbox : null].filter((port) => port !== null)
}

function takenLine({ setting, port, host }: WantedPort): string {
  return `Port ${port} of ${host} is taken: stop what listens there, or set ${setting} to another one.`
}

function sharedLines(wanted: readonly WantedPort[]): string[] {
  return wanted.flatMap(({ setting, port }, index) => {
    const earlier = wanted.slice(0, index).find((other) => other.port === port)
    if (earlier === undefined) return []
    return earlier.setting === setting
      ? [`POSTHORN_ROLES: two processes would listen at ${setting}, ${port}`]
      : [`${setting}: is ${port}, as ${earlier.setting} is`]
  })
}

const PORT_SETTINGS = Object.entries({ ...DEFAULT_PORTS, POSTHORN_WORKER_PORT: '' })

/** Which setting a port that turned out to be taken is of. */
export function settingOfPort(port: string, env: Env): string {
  const settings = PORT_SETTINGS.filter(
    ([setting, fallback]) => (env[setting]?.trim() || String(fallback)) === port,
  ).map(([setting]) => setting)
  return settings.join(' or ') || 'PORT'
}
