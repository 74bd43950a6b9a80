import type {
  EndpointFilterPreviewOut,
  EndpointSignatureCheckOut,
  EndpointUrlCheckOut,
} from '@posthorn/contracts'
import type { Cancelable, SendRequest } from './send-request.ts'

export interface EndpointUrlQuestion {
  readonly url: string
  /** The endpoint that has it already. */
  readonly endpointId?: string
}

/** As of an endpoint; null: all. */
export interface EndpointFilterFields {
  readonly eventTypes: readonly string[] | null
  readonly channels: readonly string[] | null
}

/** What came with a request, as it came. */
export interface SignatureFields {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

/** What is asked before something is saved, or about what came: nothing changes by it. */
export function endpointChecks(json: SendRequest, path: string) {
  return {
    checkUrl: (body: EndpointUrlQuestion, asked: Cancelable = {}) =>
      json<EndpointUrlCheckOut>({ method: 'POST', path: `${path}/check-url`, body, ...asked }),
    previewFilter: (body: EndpointFilterFields, asked: Cancelable = {}) =>
      json<EndpointFilterPreviewOut>({
        method: 'POST',
        path: `${path}/preview-filter`,
        body,
        ...asked,
      }),
    checkSignature: (id: string, body: SignatureFields) =>
      json<EndpointSignatureCheckOut>({
        method: 'POST',
        path: `${path}/${encodeURIComponent(id)}/check-signature`,
        body,
      }),
  }
}
