/** Gets the bytes of a body as they come. */
export type OnBytes = (bytes: Buffer) => void

export type ChunkedFault = 'bad_response' | 'response_headers_too_large'

const maxSizeLine = 4096

type State = 'size' | 'data' | 'data_end' | 'trailers'

/** Reads a body in chunks (RFC 9112, 7.1), wherever the network cuts it. Trailers are read past. */
export class ChunkedBody {
  readonly #onBytes: OnBytes
  readonly #maxTrailerBytes: number
  #state: State = 'size'
  /** Of the line that is being read. */
  #line = ''
  #leftInChunk = 0
  #trailerBytes = 0

  constructor(onBytes: OnBytes, maxTrailerBytes: number) {
    this.#onBytes = onBytes
    this.#maxTrailerBytes = maxTrailerBytes
  }

  /** Where the body ended within these bytes; null if it goes on; or what is wrong with it. */
  read(bytes: Buffer): number | null | ChunkedFault {
    let position = 0
    while (position < bytes.length) {
      if (this.#state === 'data') {
        position += this.#readData(bytes, position)
        continue
      }
      const lineEnd = bytes.indexOf(10, position)
      const end = lineEnd < 0 ? bytes.length : lineEnd + 1
      this.#line += bytes.toString('latin1', position, end)
      position = end
      const fault = this.#tooLong()
      if (fault) return fault
      if (lineEnd < 0) return null
      const ended = this.#readLine()
      if (ended === 'bad_response') return ended
      if (ended) return position
    }
    return null
  }

  #readData(bytes: Buffer, position: number): number {
    const part = bytes.subarray(position, position + this.#leftInChunk)
    this.#leftInChunk -= part.length
    if (this.#leftInChunk === 0) this.#state = 'data_end'
    this.#onBytes(part)
    return part.length
  }

  /** True when the body has ended. */
  #readLine(): boolean | 'bad_response' {
    const line = this.#line
    this.#line = ''
    if (!line.endsWith('\r\n')) return 'bad_response'
    if (this.#state === 'trailers') {
      this.#trailerBytes += line.length
      return line === '\r\n'
    }
    if (this.#state === 'data_end') {
      this.#state = 'size'
      return line === '\r\n' ? false : 'bad_response'
    }
    const size = /^([0-9a-f]{1,12})[ \t]*(?:;[^\r\n]*)?\r\n$/i.exec(line)?.[1]
    if (size === undefined) return 'bad_response'
    this.#leftInChunk = Number.parseInt(size, 16)
    this.#state = this.#leftInChunk === 0 ? 'trailers' : 'data'
    return false
  }

  #tooLong(): ChunkedFault | null {
    if (this.#state !== 'trailers') return this.#line.length > maxSizeLine ? 'bad_response' : null
    const bytes = this.#trailerBytes + this.#line.length
    return bytes > this.#maxTrailerBytes ? 'response_headers_too_large' : null
  }
}
