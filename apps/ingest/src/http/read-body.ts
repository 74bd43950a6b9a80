import type { IncomingMessage } from 'node:http'
import type { BodyPlace } from './body-room.ts'

/** 25 MB, by length and by chunks. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024
const MAX_REST_BYTES = 32 * 1024 * 1024

export type BodyFault = 'too_large' | 'no_room' | 'broken'

/** What the declared length alone tells, before anything else is asked. */
export function judgeLength(req: IncomingMessage): BodyFault | null {
  return Number(req.headers['content-length']) > MAX_BODY_BYTES ? 'too_large' : null
}

/** The body's bytes as they came, or why there are none. */
export function readBody(req: IncomingMessage, place: BodyPlace): Promise<Buffer | BodyFault> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    function end(fault: BodyFault): void {
      req.off('data', take)
      chunks.length = 0
      if (fault !== 'broken') discard(req)
      resolve(fault)
    }
    function take(chunk: Buffer): void {
      size += chunk.length
      if (size > MAX_BODY_BYTES) return end('too_large')
      if (!place.grow(chunk.length)) return end('no_room')
      chunks.push(chunk)
    }
    req.on('data', take)
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', () => end('broken'))
    req.on('close', () => end('broken'))
  })
}

/** Closing on bytes that are still coming would lose the answer: the rest is thrown away, as far as is bearable. */
export function discard(req: IncomingMessage): void {
  let rest = 0
  req.on('data', (chunk: Buffer) => {
    rest += chunk.length
    if (rest > MAX_REST_BYTES) req.destroy()
  })
  req.resume()
}
