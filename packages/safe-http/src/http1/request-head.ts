import { isToken } from './token.ts'

export interface RequestLine {
  method: 'GET' | 'POST'
  /** The host with its port, if that isn't the scheme's. */
  authority: string
  path: string
}

/** Names and values by turns, or a record. */
export type RequestHeaders = string[] | Record<string, string>

export type RequestHead = { text: string } | { unsendable: string }

// They frame the message or concern the connection alone: the exchange sets them itself.
const ownNames: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * The head of a request (RFC 9112, 2.1) but for what follows from its body, as text of one byte a character;
 * or the name of the first header that no request can carry.
 */
export function requestHead(line: RequestLine, headers: RequestHeaders): RequestHead {
  const flat = Array.isArray(headers) ? headers : Object.entries(headers).flat()
  let text = `${line.method} ${line.path} HTTP/1.1\r\nhost: ${line.authority}\r\nconnection: keep-alive\r\n`
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] ?? ''
    const value = flat[index + 1] ?? ''
    if (!isSendable(name, value)) return { unsendable: name }
    text += `${name}: ${value}\r\n`
  }
  return { text }
}

// Values: RFC 9110, 5.5.
function isSendable(name: string, value: string): boolean {
  return (
    isToken(name) &&
    !/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value) &&
    !ownNames.has(name.toLowerCase())
  )
}
