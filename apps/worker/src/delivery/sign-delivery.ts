import type { ClaimedDelivery } from '@posthorn/core'
import { signWebhook } from '@posthorn/signing'

export type SignatureHeaders = 'both' | 'webhook' | 'svix'

export interface SignedRequest {
  readonly url: string
  /** Names and values by turns. */
  readonly headers: string[]
  readonly body: string | Buffer
}

const USER_AGENT = 'Posthorn/0.1.0'

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
  const contentType = delivery.contentType ?? 'application/json'
  const headers = ['content-type', contentType, 'user-agent', USER_AGENT, 'accept', '*/*']
  for (const prefix of prefixes(settings.headers)) {
    headers.push(
      `${prefix}-id`,
      messageId,
      `${prefix}-timestamp`,
      `${timestampSeconds}`,
      `${prefix}-signature`,
      signature,
    )
  }
  for (const [name, value] of endpoint.customHeaders()) headers.push(name, value)
  return { url: endpoint.url, headers, body }
}

function bodyOf({ payload, payloadForm }: Parameters<typeof signDelivery>[0]): string | Buffer {
  return payloadForm === 'base64' ? Buffer.from(payload, 'base64') : payload
}

function prefixes(headers: SignatureHeaders): readonly string[] {
  return headers === 'both' ? ['webhook', 'svix'] : [headers]
}
