import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const FOLDER = fileURLToPath(new URL('host/', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

export interface HostSite extends AsyncDisposable {
  readonly origin: string
}

/** The files of a page of a customer's own product, with the React components in it. */
export async function buildHostPage(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    root: FOLDER,
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, modulePreload: { polyfill: false } },
  })
  const outputs = [built].flat().flatMap((part) => ('output' in part ? part.output : []))
  return new Map(
    outputs.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : String(file.source),
    ]),
  )
}

/** A site of another origin that serves them. */
export async function startHostSite(
  files: ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>,
): Promise<HostSite> {
  const server = createServer((req, res) => {
    void Promise.resolve(files).then((known) => {
      const path = req.url === '/' ? '/index.html' : (req.url ?? '')
      const content = known.get(path)
      const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain'
      res.writeHead(content === undefined ? 404 : 200, { 'content-type': type }).end(content)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The site has no port.')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
