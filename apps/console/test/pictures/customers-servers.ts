import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import { createSecureContext, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Certificate, makeCertificate } from '@posthorn/safe-http/test/certificate'
import { dnsServer } from '@posthorn/safe-http/test/dns-server'

const DAY_MS = 86_400_000

/** What a host answers: how soon, with what, and whether its certificate is still good. */
export interface Host {
  readonly afterMs: number
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly isExpired?: boolean
}

export interface CustomersServers extends AsyncDisposable {
  readonly dnsAddress: string
  /** Ours, as customers would write it. */
  urlOf(host: string, path: string): string
  set(name: string, host: Host): void
}

/** Web servers of customers with names and certificates of their own, all of them on this machine. */
export async function startCustomersServers(
  first: Readonly<Record<string, Host>>,
): Promise<CustomersServers> {
  await using stack = new AsyncDisposableStack()
  const hosts = new Map(Object.entries(first))
  const issuer = makeCertificate({ commonName: 'Example Trust' })
  setDefaultCACertificates([...getCACertificates('default'), issuer.cert])
  const server = answerAs(hosts, issuer)
  const port = await listen(server)
  stack.defer(() => close(server))
  const names = stack.use(await dnsServer(() => ({ addresses: ['127.0.0.1'] })))
  const resources = stack.move()
  return {
    dnsAddress: names.address,
    urlOf: (host, path) => `https://${host}${port === 443 ? '' : `:${port}`}${path}`,
    set: (name, host) => void hosts.set(name, host),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function answerAs(hosts: ReadonlyMap<string, Host>, issuer: Certificate): Server {
  const server = createServer(
    {
      SNICallback(name, answer) {
        const notAfter = hosts.get(name)?.isExpired === true ? { notAfter: justExpired() } : {}
        const { cert, key } = makeCertificate({
          commonName: name,
          dnsNames: [name],
          issuer,
          notBefore: new Date(Date.now() - 90 * DAY_MS),
          ...notAfter,
        })
        answer(null, createSecureContext({ cert, key }))
      },
    },
    (req, res) => {
      const host = hosts.get(req.headers.host?.split(':')[0] ?? '')
      const { status = 404, headers = {}, body = '', afterMs = 0 } = host ?? {}
      req.resume().on('end', () => {
        setTimeout(() => res.writeHead(status, headers).end(body), afterMs)
      })
    },
  )
  return server
}

function justExpired(): Date {
  return new Date(Date.now() - 5 * 3_600_000)
}

// URLs look best without a port; not every user may listen there.
async function listen(server: Server): Promise<number> {
  try {
    server.listen(443, '127.0.0.1')
    await once(server, 'listening')
  } catch {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The servers have no port.')
  return address.port
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
