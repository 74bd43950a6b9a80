import { once } from 'node:events'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

export const OPENID_CLIENT = {
  id: 'posthorn',
  secret: 'a-client-secret-that-is-long-enough',
}

export interface OpenIdPerson {
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
  readonly roles?: string[]
}

export interface OpenIdProvider extends AsyncDisposable {
  readonly issuer: string
}

export interface OpenIdProviderInput {
  readonly redirectUri: string
  /** By the name that they log in with. */
  readonly people: Readonly<Record<string, OpenIdPerson>>
}

/** A real provider. Its page to log in takes any password; `?login=<name>` behind that page's address logs in at once. */
export async function startOpenIdProvider(input: OpenIdProviderInput): Promise<OpenIdProvider> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const issuer = `http://127.0.0.1:${port}`
  const provider = createProvider(issuer, input)
  const handle = provider.callback()
  server.on('request', (req, res) => {
    const [, login] = /^\/interaction\/[^?]+\?login=(\w+)/.exec(req.url ?? '') ?? []
    if (login === undefined) return void handle(req, res)
    void provider.interactionFinished(req, res, { login: { accountId: login } })
  })
  return {
    issuer,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function createProvider(issuer: string, { redirectUri, people }: OpenIdProviderInput): Provider {
  const { id, secret } = OPENID_CLIENT
  return new Provider(issuer, {
    clients: [{ client_id: id, client_secret: secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'roles'] },
    pkce: { required: () => true },
    findAccount: (_ctx, name) => {
      const person = people[name]
      return person === undefined
        ? undefined
        : { accountId: name, claims: () => ({ sub: name, ...person }) }
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId ?? '',
        accountId: ctx.oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
}
