import { startTestDatabase } from '@posthorn/test-kit'
import { startTestApi } from './test-api.ts'

/** The api over a database of its own. */
export async function openEndpointDatabase() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const { core, url } = stack.use(await startTestApi({ databaseUrl }))
  const resources = stack.move()
  return { core, url, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
