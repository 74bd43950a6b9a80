import { formField, hasFields } from './form-field.ts'

/** A request as it arrived. Names of headers may have any case; a repeated header may be an array. */
export interface ReceivedWebhook {
  /** The bytes before any parser, charset or decompression touched them. */
  rawBody: Uint8Array
  method: string
  /** The configured public URL of the source with path and query exactly as received. */
  url: string
  headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Reads a received webhook part by part; what is parsed is parsed once, and only when asked for. */
export interface WebhookReader {
  body: Buffer
  method: string
  url: string
  /** Every line of that header, in order; none is an empty list. */
  lines(name: string): readonly string[]
  /** The one value of a header; undefined when absent or repeated. */
  header(name: string): string | undefined
  /** The parsed JSON body, or what the form's field for it holds; undefined when it isn't JSON. */
  json(): unknown
  /** Whether the whole body was parsed as JSON, and is. */
  isParsed(): boolean
  form(): URLSearchParams
  query(): URLSearchParams
}

/** Where the body is a form, `jsonField` names the field with the JSON. */
export function readWebhook(received: ReceivedWebhook, jsonField?: string): WebhookReader {
  const { rawBody, method, url } = received
  const body = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength)
  const headers = lowerCased(received.headers)
  const lines = (name: string) => linesOf(headers, name.toLowerCase())
  let isParsed = false
  const webhook: WebhookReader = {
    body,
    method: method.toUpperCase(),
    url,
    lines,
    header(name) {
      const values = lines(name)
      return values.length === 1 ? values[0] : undefined
    },
    json: once(() => {
      if (jsonField !== undefined && hasFields(webhook))
        return parseJson(formField(webhook, jsonField) ?? '')
      const value = parseJson(body.toString('utf8'))
      isParsed = value !== undefined
      return value
    }),
    isParsed: () => isParsed,
    form: once(() => new URLSearchParams(body.toString('utf8'))),
    query: once(() => new URLSearchParams(queryOf(url))),
  }
  return webhook
}

/** Undefined: it is no JSON, or has so much in it that building it would take hundreds of megabytes. */
export function parseJson(text: string): unknown {
  try {
    return hasTooMany(text) ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const MAX_VALUES = 2_000_000
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const OPEN_BRACE = 0x7b

// Those in strings count as well: no prose has as many.
function hasTooMany(text: string): boolean {
  if (text.length <= MAX_VALUES) return false
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === OPEN_BRACKET || code === OPEN_BRACE) values++
  }
  return values > MAX_VALUES
}

function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start < 0 ? '' : (url.slice(start + 1).split('#')[0] ?? '')
}

type Headers = ReceivedWebhook['headers']

function linesOf(headers: Headers, name: string): readonly string[] {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

/** By names in lower case, as Node itself gives them: then nothing has to be copied. */
function lowerCased(headers: Headers): Headers {
  if (Object.keys(headers).every((name) => name === name.toLowerCase())) return headers
  const lines: Record<string, string[]> = Object.create(null)
  for (const name of Object.keys(headers)) {
    const values = linesOf(headers, name)
    if (values.length > 0) (lines[name.toLowerCase()] ??= []).push(...values)
  }
  return lines
}

function once<T>(read: () => T): () => T {
  let kept: { value: T } | undefined
  return () => (kept ??= { value: read() }).value
}
