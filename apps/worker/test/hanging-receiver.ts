import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

export interface HangingReceiver extends AsyncDisposable {
  readonly url: string
  readonly requests: number
  /** Requests at once that nobody could have given up yet. */
  readonly mostOpen: number
  /** Answers 200, also to what it has let hang. */
  recover(): void
}

/** Takes requests and answers none of them before it recovers. `givenUpAfterMs`: how long a sender waits at least. */
export async function startHangingReceiver(givenUpAfterMs: number): Promise<HangingReceiver> {
  const open = new Map<ServerResponse, number>()
  let requests = 0
  let mostOpen = 0
  let hangs = true
  const server = createServer((req, res) => {
    req.resume()
    requests++
    open.set(res, performance.now())
    const since = performance.now() - givenUpAfterMs
    mostOpen = Math.max(mostOpen, [...open.values()].filter((atMs) => atMs > since).length)
    res.on('close', () => open.delete(res))
    if (!hangs) answer(res)
  })
  const answer = (res: ServerResponse): void => {
    open.delete(res)
    res.writeHead(200).end()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    get requests() {
      return requests
    },
    get mostOpen() {
      return mostOpen
    },
    recover() {
      hangs = false
      for (const res of open.keys()) answer(res)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
