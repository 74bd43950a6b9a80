import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort, makeTestFolder, waitFor } from '@posthorn/test-kit'

export interface Pooler extends AsyncDisposable {
  readonly url: string
}

/** Named prepared statements pass PgBouncer since 1.21; Debian 12 has 1.18. */
export function hasPooler(): boolean {
  const { stdout } = spawnSync('pgbouncer', ['--version'], { encoding: 'utf8' })
  const [, major, minor] = /PgBouncer (\d+)\.(\d+)/.exec(stdout ?? '') ?? []
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 21)
}

/** PgBouncer in transaction mode, few sessions for many clients. Needs `pgbouncer` on the path. */
export async function startPooler(databaseUrl: string): Promise<Pooler> {
  const folder = await makeTestFolder('pooler')
  const port = await freePort()
  const config = join(folder, 'pgbouncer.ini')
  await writeFile(config, configText(new URL(databaseUrl), port))
  await chmod(folder, 0o755)
  const child = spawn('pgbouncer', ['-q', config], { stdio: 'ignore', ...asNobody() })
  const ended = once(child, 'exit')
  await waitFor('the pooler', () => isListening(port))
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configText({ hostname, port, username, password }: URL, listenPort: number): string {
  return `[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
max_prepared_statements = 200
`
}

// It refuses to run as root.
function asNobody(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
