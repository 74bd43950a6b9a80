import type { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { BodyFault } from './body-fault.ts'
import { type JsonObject, type JsonValue, KeyedValues } from './keyed-values.ts'

const LIMITS = {
  parts: 1_000,
  fieldNameSize: 1_000,
  fieldSize: 25 * 1024 * 1024,
  fileSize: 25 * 1024 * 1024,
  headerPairs: 50,
  headerSize: 16_384,
}

export interface UploadedFile {
  readonly filename: string
  readonly contentType: string
  readonly bytes: Buffer
}

function fileAsBase64({ filename, contentType, bytes }: UploadedFile): JsonValue {
  return { filename, contentType, base64: bytes.toString('base64') }
}

/**
 * The fields of a form as strings, its files as `{filename, contentType, base64}` unless told otherwise.
 *
 * @throws {BodyFault} no boundary, cut off, or more than 1,000 parts
 */
export function multipartToValue(
  bytes: Uint8Array,
  contentType: string,
  toValue: (file: UploadedFile) => JsonValue = fileAsBase64,
): Promise<JsonObject> {
  return new Promise((resolve, reject) => {
    const values = new KeyedValues()
    const parser = openParser(contentType)
    const fail = (detail: string, status: 400 | 413 = 400) => {
      reject(new BodyFault(status, detail))
    }
    parser.on('field', (name: string | undefined, value: string, isNameCut: boolean) => {
      if (isNameCut) fail('A field of the body has a name of more than 1,000 characters.')
      values.add(name ?? '', value)
    })
    parser.on('file', (...[name, stream, filename, , contentType]: FileArguments) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', () => fail(CUT_OFF))
      stream.on('end', () => {
        const file = { filename, contentType, bytes: Buffer.concat(chunks) }
        values.add(name ?? '', toValue(file))
      })
    })
    parser.on('partsLimit', () => fail('The body has more than 1,000 parts.', 413))
    parser.on('error', () => fail(CUT_OFF))
    parser.on('finish', () => resolve(values.value))
    parser.end(Buffer.from(bytes))
  })
}

type FileArguments = [
  name: string | undefined,
  stream: Readable,
  filename: string,
  encoding: string,
  contentType: string,
]

const CUT_OFF = 'The parts of the body are cut off or malformed.'

function openParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS })
  } catch {
    throw new BodyFault(400, 'The content type names no boundary for the parts of the body.')
  }
}
