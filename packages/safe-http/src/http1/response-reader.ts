import { ChunkedBody } from './chunked-body.ts'
import { parseResponseHead, type ResponseHead } from './response-head.ts'

export type ResponseFault = 'bad_response' | 'response_headers_too_large'

export interface ResponseHandler {
  onHead(head: ResponseHead): void
  onBody(bytes: Buffer): void
  /** `isLast`: the server sent nothing behind the response. */
  onComplete(isLast: boolean): void
  onFault(fault: ResponseFault): void
}

const headEnd = '\r\n\r\n'
const headStart = 'HTTP/1.'

/**
 * Reads one response off a connection's bytes, informational ones before it (RFC 9110, 15.2) included.
 * Tells nothing more once it was complete or faulty.
 */
export class ResponseReader {
  readonly #handler: ResponseHandler
  readonly #maxHeadBytes: number
  /** The beginning of a head whose end has not come yet. */
  #begun: Buffer | null = null
  #head: ResponseHead | null = null
  #chunked: ChunkedBody | null = null
  #leftOfBody = 0
  #isOver = false

  constructor(handler: ResponseHandler, maxHeadBytes: number) {
    this.#handler = handler
    this.#maxHeadBytes = maxHeadBytes
  }

  read(bytes: Buffer): void {
    let rest: Buffer | null = bytes
    while (rest && !this.#isOver && !this.#head) rest = this.#readHead(rest)
    if (rest && !this.#isOver) this.#readBody(rest)
  }

  /** The server has closed its side. Was that the response's end? */
  end(): boolean {
    if (!this.#isOver && this.#head?.framing === 'until_close') this.#complete(true)
    return this.#isOver
  }

  /** What follows the head, or null if more of it has to come. */
  #readHead(bytes: Buffer): Buffer | null {
    const all = this.#begun ? Buffer.concat([this.#begun, bytes]) : bytes
    const end = all.indexOf(headEnd)
    if ((end < 0 ? all.length : end) > this.#maxHeadBytes)
      return this.#fault('response_headers_too_large')
    if (end < 0) {
      if (!canBeHead(all)) return this.#fault('bad_response')
      this.#begun = all
      return null
    }
    this.#begun = null
    const head = parseResponseHead(all.toString('latin1', 0, end))
    // No other protocol was asked for.
    if (!head || head.status === 101) return this.#fault('bad_response')
    const rest = all.subarray(end + headEnd.length)
    if (head.status >= 200) this.#begin(head)
    return rest
  }

  #begin(head: ResponseHead): void {
    this.#head = head
    const { framing } = head
    if (typeof framing === 'number') this.#leftOfBody = framing
    if (framing === 'chunked') {
      this.#chunked = new ChunkedBody((bytes) => this.#handler.onBody(bytes), this.#maxHeadBytes)
    }
    this.#handler.onHead(head)
  }

  #readBody(bytes: Buffer): void {
    if (this.#chunked) return this.#readChunks(this.#chunked, bytes)
    if (this.#head?.framing === 'until_close') return this.#handler.onBody(bytes)
    const part = bytes.length > this.#leftOfBody ? bytes.subarray(0, this.#leftOfBody) : bytes
    this.#leftOfBody -= part.length
    if (part.length > 0) this.#handler.onBody(part)
    if (this.#leftOfBody === 0) this.#complete(part.length === bytes.length)
  }

  #readChunks(chunked: ChunkedBody, bytes: Buffer): void {
    const end = chunked.read(bytes)
    if (typeof end === 'string') this.#fault(end)
    else if (end !== null) this.#complete(end === bytes.length)
  }

  #complete(isLast: boolean): void {
    this.#isOver = true
    this.#handler.onComplete(isLast)
  }

  #fault(fault: ResponseFault): null {
    this.#isOver = true
    this.#handler.onFault(fault)
    return null
  }
}

// So that what is no HTTP at all is told at once, and not when the time is up.
function canBeHead(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  const isBegun =
    text.length < headStart.length ? headStart.startsWith(text) : text.startsWith(headStart)
  return isBegun && !/(?<!\r)\n/.test(text)
}
