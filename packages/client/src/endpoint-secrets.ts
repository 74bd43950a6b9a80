import type { EndpointSecretListOut, EndpointSecretOut } from '@posthorn/contracts'
import type { Cancelable, SendRequest } from './send-request.ts'

export interface SecretRotation {
  /** Null: one is made. */
  readonly key: string | null
  readonly gracePeriodSeconds: number
}

export function endpointSecrets(json: SendRequest, path: string) {
  const secret = (id: string) => `${path}/${encodeURIComponent(id)}/secret`
  return {
    secret: (id: string) => json<EndpointSecretOut>({ path: secret(id) }),
    secrets: (id: string, asked: Cancelable = {}) =>
      json<EndpointSecretListOut>({ path: `${secret(id)}/list`, ...asked }),
    endSecretGrace: (id: string) =>
      json<undefined>({ method: 'POST', path: `${secret(id)}/end-grace` }),
    rotateSecret: (id: string, body: SecretRotation) =>
      json<undefined>({ method: 'POST', path: `${secret(id)}/rotate`, body }),
  }
}
