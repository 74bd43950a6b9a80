import { BodyFault } from './body-fault.ts'
import { isCharset, strictText } from './decode-text.ts'
import { type FormPart, formParts } from './form-parts.ts'
import { type JsonObject, type JsonValue, KeyedValues } from './keyed-values.ts'
import type { MediaType } from './media-type.ts'

const MAX_NAME = 1_000

/** What a form holds that is no text: a file, or a field that isn't in its charset. */
export interface FormBytes {
  /** Null: it is no file. */
  readonly filename: string | null
  readonly contentType: string
  readonly bytes: Buffer
}

function asBase64({ filename, contentType, bytes }: FormBytes): JsonValue {
  const named = filename !== null && { filename }
  return { ...named, contentType, base64: bytes.toString('base64') }
}

/**
 * The fields of a form as strings, its files as `{filename, contentType, base64}` unless told otherwise. A
 * field is in the charset that it names itself, that the form's field `_charset_` or its content type names,
 * or, where that is none, in UTF-8; what isn't is kept as bytes, as a file without a name.
 *
 * @throws {BodyFault} no boundary, cut off, or more than 1,000 parts
 */
export async function multipartToValue(
  bytes: Uint8Array,
  type: Pick<MediaType, 'raw' | 'charset'>,
  toValue: (part: FormBytes) => JsonValue = asBase64,
): Promise<JsonObject> {
  const parts = await formParts(bytes, type.raw)
  const named = charsetOf(parts) ?? type.charset ?? ''
  const charset = isCharset(named) ? named : 'utf-8'
  const values = new KeyedValues()
  for (const part of parts) {
    if (part.name.length > MAX_NAME)
      throw new BodyFault(400, 'A field of the body has a name of more than 1,000 characters.')
    const own = part.charset !== null && isCharset(part.charset) ? part.charset : charset
    const text = isFile(part) ? null : strictText(part.bytes, own)
    values.add(part.name, text ?? toValue(part))
  }
  return values.value
}

function isFile({ filename, contentType }: FormPart): boolean {
  return filename !== null || contentType === 'application/octet-stream'
}

function charsetOf(parts: readonly FormPart[]): string | undefined {
  return parts.find((part) => part.name === '_charset_' && !isFile(part))?.bytes.toString('latin1')
}
