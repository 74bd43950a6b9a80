import { Dicer } from '@fastify/busboy'
import { BodyFault } from './body-fault.ts'
import { type PartHeader, readPartHeader } from './part-header.ts'

const MAX_PARTS = 1_000
const LIMITS = { maxHeaderPairs: 50, maxHeaderSize: 16_384 }

export interface FormPart extends PartHeader {
  readonly bytes: Buffer
}

/**
 * The parts of a form in their order, with their bytes as they came.
 *
 * @throws {BodyFault} no boundary, cut off, or more than 1,000 parts
 */
export function formParts(bytes: Uint8Array, contentType: string): Promise<FormPart[]> {
  const boundary = boundaryOf(contentType)
  return new Promise((resolve, reject) => {
    const parts: ComingPart[] = []
    const parser = new Dicer({ boundary, ...LIMITS })
    const cutOff = (): void =>
      reject(new BodyFault(400, 'The parts of the body are cut off or malformed.'))
    parser.on('part', (stream) => {
      stream.on('error', cutOff)
      if (parts.length === MAX_PARTS) {
        reject(new BodyFault(413, `The body has more than ${MAX_PARTS} parts.`))
        stream.resume()
        return
      }
      const part: ComingPart = { header: {}, chunks: [] }
      parts.push(part)
      stream.on('header', (header) => (part.header = header))
      stream.on('data', (chunk: Buffer) => part.chunks.push(chunk))
    })
    parser.on('error', cutOff)
    parser.on('finish', () => resolve(parts.map(wholePart)))
    parser.end(Buffer.from(bytes))
  })
}

interface ComingPart {
  header: object
  readonly chunks: Buffer[]
}

function wholePart({ header, chunks }: ComingPart): FormPart {
  return { ...readPartHeader(header), bytes: Buffer.concat(chunks) }
}

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i

function boundaryOf(contentType: string): string {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary !== undefined) return boundary
  throw new BodyFault(400, 'The content type names no boundary for the parts of the body.')
}
