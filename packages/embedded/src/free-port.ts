import { once } from 'node:events'
import { createServer } from 'node:net'

const LOOPBACK = '127.0.0.1'

/** Whether nobody listens on this port. A host that isn't this machine's is nobody's here. */
export async function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  try {
    await listenBriefly(port, host)
    return true
  } catch (err) {
    return !(err instanceof Error && 'code' in err && err.code === 'EADDRINUSE')
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function findFreePort(): Promise<number> {
  return listenBriefly(0, LOOPBACK)
}

async function listenBriefly(port: number, host: string): Promise<number> {
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : port
}
