import type { IncomingMessage } from 'node:http'
import { atEndOfTurn } from '@posthorn/runtime'
import type { BodyPlace } from './body-room.ts'

/** 25 MB, by length and by chunks. */
const MAX_BODY_BYTES = 25 * 1024 * 1024
const MAX_REST_BYTES = 32 * 1024 * 1024
/** So that room is given back, however slowly a body comes. */
const BODY_MS = 20_000

/** Then they are put together: one of a single byte holds a hundred. */
const MAX_CHUNKS = 1_000

export type BodyFault = 'too_large' | 'no_room' | 'broken' | 'slow'

/** What the declared length alone tells, before anything else is asked. */
export function judgeLength(req: IncomingMessage): BodyFault | null {
  return declaredLength(req) > MAX_BODY_BYTES ? 'too_large' : null
}

export function declaredLength(req: IncomingMessage): number {
  return Number(req.headers['content-length'] ?? 0)
}

/** The body's bytes as they came, or why there are none; what is left of it then is the caller's to discard. */
export function readBody(
  req: IncomingMessage,
  place: BodyPlace,
  deadlineMs = BODY_MS,
): Promise<Buffer | BodyFault> {
  return new Promise((resolve) => {
    // Most bodies came with their headers, and are all here then: they need neither listeners nor a deadline.
    atEndOfTurn(() =>
      resolve(
        req.complete && !req.destroyed ? takeWhole(req, place) : follow(req, place, deadlineMs),
      ),
    )
  })
}

function takeWhole(req: IncomingMessage, place: BodyPlace): Buffer | BodyFault {
  const read: unknown = req.read()
  const body = Buffer.isBuffer(read) ? read : NOTHING
  return place.grow(body.length) ? body : 'no_room'
}

const NOTHING = Buffer.alloc(0)

function follow(
  req: IncomingMessage,
  place: BodyPlace,
  deadlineMs: number,
): Promise<Buffer | BodyFault> {
  return new Promise((resolve) => {
    const blocks: Buffer[] = []
    const chunks: Buffer[] = []
    let size = 0
    let isWhole = false
    const deadline = setTimeout(() => end('slow'), deadlineMs)
    function end(result: Buffer | BodyFault): void {
      clearTimeout(deadline)
      req.off('data', take)
      blocks.length = 0
      chunks.length = 0
      resolve(result)
    }
    function take(chunk: Buffer): void {
      size += chunk.length
      if (size > MAX_BODY_BYTES) return end('too_large')
      if (!place.grow(chunk.length)) return end('no_room')
      chunks.push(chunk)
      if (chunks.length === MAX_CHUNKS) blocks.push(Buffer.concat(chunks.splice(0)))
    }
    if (req.destroyed) return end('broken')
    req.on('data', take)
    req.on('end', () => {
      isWhole = true
      atEndOfTurn(() => end(Buffer.concat([...blocks, ...chunks])))
    })
    req.on('error', () => end('broken'))
    req.on('close', () => isWhole || end('broken'))
  })
}

/** Closing on bytes that are still coming would lose the answer: the rest is thrown away, as far as is bearable. */
export function discard(req: IncomingMessage): void {
  if (req.complete) return
  let rest = 0
  req.on('data', (chunk: Buffer) => {
    rest += chunk.length
    if (rest > MAX_REST_BYTES) req.destroy()
  })
  req.resume()
}
