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
  /** The parsed JSON body; undefined when it isn't JSON. */
  json(): unknown
  form(): URLSearchParams
  query(): URLSearchParams
}

export function readWebhook(received: ReceivedWebhook): WebhookReader {
  const { rawBody, method, url } = received
  const body = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength)
  const headers = headerLines(received.headers)
  const lines = (name: string) => headers.get(name.toLowerCase()) ?? []
  return {
    body,
    method: method.toUpperCase(),
    url,
    lines,
    header(name) {
      const values = lines(name)
      return values.length === 1 ? values[0] : undefined
    },
    json: once(() => parseJson(body.toString('utf8'))),
    form: once(() => new URLSearchParams(body.toString('utf8'))),
    query: once(() => new URLSearchParams(queryOf(url))),
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start < 0 ? '' : (url.slice(start + 1).split('#')[0] ?? '')
}

function headerLines(headers: ReceivedWebhook['headers']): Map<string, string[]> {
  const byName = new Map<string, string[]>()
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue
    const lines = byName.get(name.toLowerCase()) ?? []
    lines.push(...(typeof value === 'string' ? [value] : value))
    byName.set(name.toLowerCase(), lines)
  }
  return byName
}

function once<T>(read: () => T): () => T {
  let kept: { value: T } | undefined
  return () => (kept ??= { value: read() }).value
}
