import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that was free a moment ago; also the address of a receiver that refuses connections. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port to listen on')
  return address.port
}
