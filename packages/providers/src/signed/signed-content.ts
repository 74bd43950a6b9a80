import { hasFields } from '../form-field.ts'
import type { WebhookReader } from '../received-webhook.ts'
import { type Refusal, refuse } from '../verification.ts'
import type { HeaderItems } from './header-items.ts'

export interface ContentParts {
  webhook: WebhookReader
  items: HeaderItems
  timestamp: string | undefined
}

const FIELD_OR_BODY = '{field-or-body:'

/** One stretch of signed content; `key` stands for the secret itself in plain digests. */
export type Stretch = Uint8Array | 'key'

/** The signed content as stretches, so that a large body is hashed in place, not copied. */
export function signedContent(template: string, parts: ContentParts): Stretch[] | Refusal {
  const stretches: Stretch[] = []
  for (const piece of template.split(/(\{[^{}]+\})/)) {
    const stretch = contentOf(piece, parts)
    if (stretch === undefined) {
      const missing = piece
        .replace('{header:', 'Header ')
        .replace(FIELD_OR_BODY, 'A form with no field but ')
        .replace(/[{}]/g, '')
      return refuse('missing_header', `${missing} is part of what is signed, and is missing.`)
    }
    stretches.push(stretch)
  }
  return stretches
}

function contentOf(piece: string, { webhook, items, timestamp }: ContentParts) {
  if (piece === '{body}') return webhook.body
  if (piece === '{key}') return 'key'
  if (piece.startsWith(FIELD_OR_BODY) && !hasFields(webhook)) return webhook.body
  const text = textOf(piece, { webhook, items, timestamp })
  return text === undefined ? undefined : Buffer.from(text)
}

function textOf(piece: string, { webhook, items, timestamp }: ContentParts): string | undefined {
  switch (piece) {
    case '{timestamp}':
      return timestamp
    case '{nonce}':
      return items.nonce
    case '{names}':
      return items.names
    case '{named-headers}':
      return namedHeaders(items.names, webhook)
    case '{url}':
      return webhook.url
    case '{url-decoded}':
      return decodeSome(webhook.url)
    case '{method}':
      return webhook.method
    default:
      if (piece.startsWith('{header:')) return webhook.header(piece.slice('{header:'.length, -1))
      if (piece.startsWith(FIELD_OR_BODY))
        return loneField(webhook, piece.slice(FIELD_OR_BODY.length, -1))
      return piece
  }
}

// No field beside it, which nobody signed, and no other spelling of it, by which a replay would look new.
function loneField(webhook: WebhookReader, name: string): string | undefined {
  const value = webhook.form().get(name)
  if (value === null) return undefined
  return webhook.body.equals(Buffer.from(`${name}=${queryEscaped(value)}`)) ? value : undefined
}

// As Go's net/url does, in which those are written that sign so.
function queryEscaped(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function namedHeaders(names: string | undefined, webhook: WebhookReader): string | undefined {
  return names
    ?.split(' ')
    .map((name) => webhook.header(name) ?? '')
    .join('.')
}

// HubSpot signs the URL with these escapes undone, and no others.
const undone: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
}

function decodeSome(url: string): string {
  return url.replace(/%[0-9A-F]{2}/gi, (escape) => undone[escape.toUpperCase()] ?? escape)
}
