export type ReceivedRequest = { path: string; id: string }

const HEAD_END = Buffer.from('\r\n\r\n')
const EMPTY = Buffer.alloc(0)

/** Reads pipelined or split HTTP/1.1 requests with a content-length, which is all that a delivery is. */
export class RequestParser {
  #rest: Buffer = EMPTY

  /** The requests completed by this chunk. */
  push(chunk: Buffer): ReceivedRequest[] {
    const requests: ReceivedRequest[] = []
    let buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    for (;;) {
      const end = requestEnd(buffer)
      if (end === null || buffer.length < end.body) break
      requests.push(readHead(buffer, end.head))
      buffer = buffer.subarray(end.body)
    }
    this.#rest = buffer
    return requests
  }
}

function requestEnd(buffer: Buffer): { head: number; body: number } | null {
  const head = buffer.indexOf(HEAD_END)
  if (head < 0) return null
  const length = /\r\ncontent-length: *(\d+)/i.exec(buffer.toString('latin1', 0, head))
  if (length === null) throw new Error('a delivery without content-length')
  return { head, body: head + HEAD_END.length + Number(length[1]) }
}

function readHead(buffer: Buffer, end: number): ReceivedRequest {
  const head = buffer.toString('latin1', 0, end)
  const pathStart = head.indexOf(' ') + 1
  const id = /\r\nwebhook-id: */i.exec(head)
  if (id === null) throw new Error('a delivery without webhook-id')
  const idStart = id.index + id[0].length
  const idEnd = head.indexOf('\r\n', idStart)
  return {
    path: head.slice(pathStart, head.indexOf(' ', pathStart)),
    // Cut from the buffer: a slice of `head` would keep the whole head alive for as long as the ledger does.
    id: buffer.toString('latin1', idStart, idEnd < 0 ? end : idEnd),
  }
}
