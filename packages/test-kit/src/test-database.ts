import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@posthorn/db'
import { startEmbeddedPostgres } from '@posthorn/embedded'

export interface TestDatabase extends AsyncDisposable {
  readonly url: string
}

/** A migrated database on a server of its own, gone without a trace when disposed of. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'posthorn-test-'))
  const server = await startEmbeddedPostgres({
    dataFolder,
    isDurable: false,
    log: () => undefined,
  })
  await migrate(server.url)
  return {
    url: server.url,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
