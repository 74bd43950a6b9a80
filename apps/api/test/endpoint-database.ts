import { ensurePartitions } from '@posthorn/db'
import { startTestDatabase } from '@posthorn/test-kit'
import { startTestApi } from './test-api.ts'

const WEEK_MS = 7 * 86_400_000

/** The api over a database of its own that has partitions for the last week, too. */
export async function openEndpointDatabase() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const { core, url } = stack.use(await startTestApi({ databaseUrl }))
  const client = await core.db.hot.connect()
  await ensurePartitions(client, core.clock.nowMs() - WEEK_MS)
  client.release()
  const resources = stack.move()
  return { core, url, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
