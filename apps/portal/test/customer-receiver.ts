import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Beside the test: what a snippet imports is found from there.
const HERE = fileURLToPath(new URL('.', import.meta.url))
const REFUSED = 401

type IsGenuine = (headers: IncomingHttpHeaders, body: string) => boolean

/** What a customer makes of the snippet and the secret that the portal shows: it takes in what these accept. */
export async function startCustomerReceiver() {
  const folder = mkdtempSync(join(HERE, '.receiver-'))
  const arrived: string[] = []
  const ledger: { readonly messageId: string; readonly status: number }[] = []
  let isGenuine: IsGenuine = () => false
  let status = 200
  let held = Promise.resolve()
  const take = async (req: IncomingMessage, res: ServerResponse) => {
    const body = await text(req)
    const messageId = String(req.headers['webhook-id'])
    arrived.push(messageId)
    await held
    const answer = isGenuine(req.headers, body) ? status : REFUSED
    ledger.push({ messageId, status: answer })
    res.writeHead(answer).end(`answer to ${messageId}`)
  }
  const server = createServer((req, res) => void take(req, res))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    /** What came, in its order; of what is held there is no answer in the ledger yet. */
    arrived: arrived as readonly string[],
    ledger: ledger as readonly (typeof ledger)[number][],
    async deploy(snippet: string, secret: string) {
      const file = join(folder, 'verify.mjs')
      writeFileSync(file, snippet)
      const { verify } = await import(pathToFileURL(file).href)
      isGenuine = (headers, body) => verify(secret, headers, body)
    },
    /** To all that is genuine, from here on. */
    answers: (next: number) => void (status = next),
    /** Answers nobody before what is given back is called. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      rmSync(folder, { recursive: true })
    },
  }
}
