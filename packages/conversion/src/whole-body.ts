import { BodyFault } from './body-fault.ts'
import { decodeText, isCharset, strictText } from './decode-text.ts'
import { formToValue } from './form-to-value.ts'
import { jsonFault } from './json-fault.ts'
import type { JsonValue } from './keyed-values.ts'
import { isJsonType, type MediaType } from './media-type.ts'
import { type FormBytes, multipartToValue } from './multipart-to-value.ts'

/** How bytes that are no text stand in JSON: numbers, or a string of that encoding. */
export const BINARY_FORMS = ['array', 'binary', 'utf8', 'base64', 'hex'] as const
export type BinaryForm = (typeof BINARY_FORMS)[number]

export interface WholeForm {
  readonly binary: BinaryForm
  /** Files of a form as `{filename, contentType, data}`, else as their data alone. */
  readonly annotateFiles: boolean
}

/** Numbers take four times their bytes. */
const MAX_CHARS = 34_000_000

/**
 * JSON as it was written, forms as objects, nothing as null, and everything else, or what isn't what its type
 * says, as a string.
 *
 * @throws {BodyFault} it would be longer than 34,000,000 characters
 */
export async function wholeToJson(
  type: MediaType,
  bytes: Uint8Array,
  form: WholeForm,
): Promise<string> {
  if (bytes.byteLength === 0) return 'null'
  const text = (await asItsTypeSays(type, bytes, form)) ?? JSON.stringify(asText(type, bytes, form))
  if (text.length > MAX_CHARS)
    throw new BodyFault(413, `The body has more than ${MAX_CHARS} characters as JSON.`)
  return text
}

// Null: it has no such type, or isn't what its type says.
async function asItsTypeSays(
  type: MediaType,
  bytes: Uint8Array,
  form: WholeForm,
): Promise<string | null> {
  try {
    if (isJsonType(type)) return jsonOf(decodeText(bytes, type.charset ?? 'utf-8'))
    if (type.essence === 'application/x-www-form-urlencoded')
      return JSON.stringify(formToValue(decodeText(bytes, type.charset ?? 'utf-8')))
    if (type.essence !== 'multipart/form-data') return null
    return JSON.stringify(await multipartToValue(bytes, type, (part) => castPart(part, form)))
  } catch (err) {
    if (err instanceof BodyFault) return null
    throw err
  }
}

function jsonOf(text: string): string | null {
  return jsonFault(text) === null ? text : null
}

function asText(type: MediaType, bytes: Uint8Array, { binary }: WholeForm): JsonValue {
  if (type.essence === 'application/octet-stream') return cast(Buffer.from(bytes), binary)
  const text = textIn(type.charset ?? 'utf-8', bytes)
  return text === null || text.includes('\0') ? cast(Buffer.from(bytes), binary) : text
}

/** Without a mark at its start; of a charset that nobody knows: what it is as UTF-8. Null: it is no text. */
function textIn(charset: string, bytes: Uint8Array): string | null {
  return strictText(bytes, isCharset(charset) ? charset : 'utf-8')?.replace(/^\ufeff/, '') ?? null
}

function castPart({ filename, contentType, bytes }: FormBytes, form: WholeForm): JsonValue {
  const data = cast(bytes, form.binary)
  return form.annotateFiles ? { ...(filename !== null && { filename }), contentType, data } : data
}

function cast(bytes: Buffer, form: BinaryForm): JsonValue {
  return form === 'array' ? [...bytes] : bytes.toString(form)
}
