import { type ClaimedDelivery, requestHeaders, type SignatureHeaders } from '@posthorn/core'
import { signWebhook } from '@posthorn/signing'

export interface SignedRequest {
  readonly url: string
  /** Names and values by turns. */
  readonly headers: string[]
  readonly body: string | Buffer
}

/** The request of one attempt: signed at that attempt's time, over the very bytes that are sent. */
export function signDelivery(
  delivery: ClaimedDelivery & { readonly payload: string },
  settings: { readonly headers: SignatureHeaders; readonly nowMs: number },
): SignedRequest {
  const { endpoint, messageId } = delivery
  const body = bodyOf(delivery)
  const timestampSeconds = Math.floor(settings.nowMs / 1000)
  const keys = [...endpoint.signingKeys(settings.nowMs)]
  const signature = signWebhook({ id: messageId, timestampSeconds, body, keys })
  const headers = requestHeaders({
    messageId,
    timestampSeconds,
    signature,
    contentType: delivery.contentType ?? null,
    signatureHeaders: settings.headers,
    customHeaders: endpoint.customHeaders(),
  })
  return { url: endpoint.url, headers, body }
}

function bodyOf({ payload, payloadForm }: Parameters<typeof signDelivery>[0]): string | Buffer {
  return payloadForm === 'base64' ? Buffer.from(payload, 'base64') : payload
}
