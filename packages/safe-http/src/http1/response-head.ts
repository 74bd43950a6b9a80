import { isToken } from './token.ts'

/** How the end of a body is found (RFC 9112, 6.3): by its length in bytes, by chunks, or by the connection's end. */
export type BodyFraming = number | 'chunked' | 'until_close'

export interface ResponseHead {
  /** 100 to 599. */
  status: number
  /** Lower-case names without a prototype, repeated ones joined by a comma; bounded in count and size. */
  headers: Record<string, string>
  framing: BodyFraming
  /** May the connection serve another request, as far as the server says? */
  keepsAlive: boolean
  /** How long the server keeps an idle connection, if it says so. */
  keepAliveSeconds: number | null
}

const maxKeptHeaders = 64
const maxKeptLength = 1024

// What frames the message, whatever else is kept of the headers.
interface Framing {
  lengths: string[]
  codings: string[]
  connection: string
  keepAlive: string
}

/**
 * Reads a response's head, without its empty line; null if it is not one of HTTP/1. As strict as RFC 9112 lets a client
 * be: what two readers could understand in two ways is refused.
 */
export function parseResponseHead(text: string): ResponseHead | null {
  if (hasForbiddenByte(text)) return null
  const lineEnd = text.indexOf('\r\n')
  const line = lineEnd < 0 ? text : text.slice(0, lineEnd)
  const status = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(line)
  if (!status) return null
  const fields = lineEnd < 0 ? '' : text.slice(lineEnd + 2)
  const head = parseFields(fields)
  if (!head) return null
  const code = Number(status[2])
  const framing = framingOf(code, head.framing)
  if (framing === null) return null
  return {
    status: code,
    headers: head.headers,
    framing,
    keepsAlive: keepsAlive(status[1] === '1', head.framing.connection),
    keepAliveSeconds: keepAliveSeconds(head.framing.keepAlive),
  }
}

// Control characters, and line ends that are not whole.
function hasForbiddenByte(text: string): boolean {
  return /[^\t\r\n\u0020-\u007e\u0080-\u00ff]|\r(?!\n)|(?<!\r)\n/.test(text)
}

function parseFields(text: string): { headers: Record<string, string>; framing: Framing } | null {
  const headers: Record<string, string> = Object.create(null)
  const framing: Framing = { lengths: [], codings: [], connection: '', keepAlive: '' }
  let kept = 0
  // A line that goes on in the next one is an obsolete form (RFC 9112, 5.2).
  const lines = unfolded(text)
  for (let start = 0; start < lines.length;) {
    const found = lines.indexOf('\r\n', start)
    const end = found < 0 ? lines.length : found
    const colon = lines.indexOf(':', start)
    if (colon < 0 || colon > end) return null
    const name = lines.slice(start, colon)
    if (!isToken(name)) return null
    const lower = name.toLowerCase()
    const value = lines.slice(colon + 1, end).trim()
    noteFraming(framing, lower, value)
    const known = headers[lower]
    if (known !== undefined) headers[lower] = bounded(`${known}, ${value}`)
    else if (kept++ < maxKeptHeaders) headers[lower] = bounded(value)
    start = end + 2
  }
  return { headers, framing }
}

function unfolded(text: string): string {
  return /\r\n[ \t]/.test(text) ? text.replace(/\r\n[ \t]+/g, ' ') : text
}

function bounded(value: string): string {
  return value.length > maxKeptLength ? value.slice(0, maxKeptLength) : value
}

function noteFraming(framing: Framing, name: string, value: string): void {
  if (name === 'content-length') framing.lengths.push(value)
  else if (name === 'transfer-encoding') framing.codings.push(value)
  else if (name === 'connection') framing.connection += `,${value.toLowerCase()}`
  else if (name === 'keep-alive') framing.keepAlive = value
}

function framingOf(status: number, { lengths, codings }: Framing): BodyFraming | null {
  const [length] = lengths
  // Both together is how one message is passed off as two.
  if (codings.length > 0 && length !== undefined) return null
  if (lengths.some((other) => other !== length)) return null
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return null
  if (status < 200 || status === 204 || status === 304) return 0
  if (codings.length > 0) return isChunked(codings) ? 'chunked' : 'until_close'
  return length === undefined ? 'until_close' : Number(length)
}

function isChunked(codings: readonly string[]): boolean {
  return /(?:^|[,\s])chunked$/i.test(codings.join(','))
}

function keepsAlive(isHttp11: boolean, connection: string): boolean {
  const options = connection.split(',').map((option) => option.trim())
  return !options.includes('close') && (isHttp11 || options.includes('keep-alive'))
}

function keepAliveSeconds(value: string): number | null {
  const timeout = /(?:^|[,\s])timeout=(\d{1,6})/i.exec(value)?.[1]
  return timeout === undefined ? null : Number(timeout)
}
