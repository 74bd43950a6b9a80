import { createTokens, createVault, VAULT_KEY_BYTES } from '@posthorn/core'
import { ensurePartitions, openDatabase, startDatabaseClock } from '@posthorn/db'
import { startTestDatabase } from '@posthorn/test-kit'

const WEEK_MS = 7 * 86_400_000

/** A database with partitions for the last week, and what verbs need beside it. */
export async function openEndpointDatabase() {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await startTestDatabase())
  const db = stack.use(openDatabase({ url }))
  const clock = stack.use(await startDatabaseClock(db.hot))
  const client = await db.hot.connect()
  await ensurePartitions(client, clock.nowMs() - WEEK_MS)
  client.release()
  const vault = createVault([new Uint8Array(VAULT_KEY_BYTES)])
  const tokens = createTokens('a signing secret that is long enough')
  const resources = stack.move()
  return {
    core: { db, clock, vault, tokens },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
