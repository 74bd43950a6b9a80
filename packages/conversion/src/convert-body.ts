import { BodyFault } from './body-fault.ts'
import { decodeText } from './decode-text.ts'
import { formToValue } from './form-to-value.ts'
import { jsonFault } from './json-fault.ts'
import type { JsonObject } from './keyed-values.ts'
import { isJsonType, type MediaType, readMediaType } from './media-type.ts'
import { multipartToValue } from './multipart-to-value.ts'
import { type WholeForm, wholeToJson } from './whole-body.ts'
import { decodeXml, xmlToValue } from './xml-to-value.ts'

export interface ConvertibleBody {
  /** As the sender named it; empty: not at all. */
  readonly contentType: string
  readonly bytes: Uint8Array
  /** Who waits for himself, where it takes long. */
  readonly owner?: string
  /** Of a form that has it alone: the body is the JSON in it. */
  readonly jsonField?: string
  /** Whatever came has a JSON form, this one; absent: only what says the same as JSON does. */
  readonly whole?: WholeForm
  /** It is YAML (which JSON is, too), whatever its type says; read as such only where it is asked for. */
  readonly isYaml?: boolean
}

export type Conversion =
  /** JSON text: what the body says, or the body itself where it is JSON. */
  | { readonly kind: 'json'; readonly text: string }
  /** Nothing that has a JSON form: plain text, bytes, nothing at all. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unusable'; readonly status: 400 | 413 | 415; readonly detail: string }

/** The JSON that an XML, form or multipart body says the same as, within fixed bounds of depth and count. */
export async function convertBody(body: ConvertibleBody): Promise<Conversion> {
  try {
    const { bytes, whole, jsonField } = body
    if (body.isYaml) return { kind: 'json', text: await yamlToJson(bytes) }
    const type = readMediaType(body.contentType)
    const text = whole
      ? await wholeToJson(type, bytes, whole)
      : await toJson(type, bytes, jsonField)
    return text === null ? { kind: 'other' } : { kind: 'json', text }
  } catch (err) {
    if (!(err instanceof BodyFault)) throw err
    return { kind: 'unusable', status: err.status, detail: err.message }
  }
}

// Its parser is large, and seldom needed: a start is quicker without it.
async function yamlToJson(bytes: Uint8Array): Promise<string> {
  const { yamlToValue } = await import('./yaml-to-value.ts')
  return JSON.stringify(yamlToValue(decodeText(bytes, 'utf-8')))
}

async function toJson(
  type: MediaType,
  bytes: Uint8Array,
  jsonField?: string,
): Promise<string | null> {
  if (bytes.byteLength === 0) return null
  if (isXml(type)) return JSON.stringify(xmlToValue(decodeXml(bytes, type.charset)))
  if (type.essence === 'application/x-www-form-urlencoded')
    return formText(formToValue(decodeText(bytes, type.charset ?? 'utf-8')), jsonField)
  if (type.essence === 'multipart/form-data')
    return formText(await multipartToValue(bytes, type), jsonField)
  return isJsonType(type) ? checked(decodeText(bytes, type.charset ?? 'utf-8')) : null
}

function formText(form: JsonObject, jsonField?: string): string {
  const [name = '', ...others] = Object.keys(form)
  const value = others.length === 0 && name === jsonField ? form[name] : undefined
  return typeof value === 'string' && jsonFault(value) === null ? value : JSON.stringify(form)
}

function checked(text: string): string {
  const fault = jsonFault(text)
  if (fault !== null) throw new BodyFault(400, fault)
  return text
}

function isXml({ essence }: MediaType): boolean {
  return essence === 'application/xml' || essence === 'text/xml' || essence.endsWith('+xml')
}
