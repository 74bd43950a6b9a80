import { BodyFault, type ConvertBody, formToValue, mergeJson } from '@posthorn/conversion'
import { OverloadedError } from '../errors.ts'

export interface FlowFault {
  readonly fault: { readonly status: number; readonly detail: string }
}

interface Came {
  readonly query: string
  readonly contentType: string
  readonly bytes: Buffer
  readonly owner: string
}

/**
 * Query and body as one object, as JSON text; the body wins on equal keys, and a body that is no object is
 * under `body`. What was JSON stands there as it was written.
 *
 * @throws {OverloadedError} too many big bodies are being converted
 */
export async function mergeInput(
  convert: ConvertBody,
  { query, ...came }: Came,
): Promise<string | FlowFault> {
  const body = came.bytes.byteLength === 0 ? '{}' : await bodyText(convert, came)
  if (typeof body !== 'string') return body
  try {
    return mergeJson(formToValue(query), body)
  } catch (err) {
    if (err instanceof BodyFault) return { fault: { status: err.status, detail: err.message } }
    throw err
  }
}

async function bodyText(
  convert: ConvertBody,
  { contentType, bytes, owner }: Omit<Came, 'query'>,
): Promise<string | FlowFault> {
  const conversion = await convert({ contentType: readAs(contentType, bytes), bytes, owner })
  if (conversion === null) throw new OverloadedError('Too many bodies are being converted.')
  if (conversion.kind === 'json') return conversion.text
  const detail = conversion.kind === 'unusable' ? conversion.detail : 'The body is not JSON.'
  return { fault: { status: conversion.kind === 'unusable' ? conversion.status : 400, detail } }
}

const AS_NAMED =
  /^\s*(?:application\/xml|text\/xml|multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i
const FORM = 'application/x-www-form-urlencoded'
const FORM_START = /^[\w.~%+[\]-]{1,200}=/

// XML and forms where they are named; everything else is JSON, or a form that looks like one.
function readAs(contentType: string, bytes: Buffer): string {
  if (AS_NAMED.test(contentType)) return contentType
  const isForm = FORM_START.test(bytes.subarray(0, 300).toString('latin1'))
  if (isForm && !/json/i.test(contentType)) return FORM
  const parameters = contentType.indexOf(';')
  return `application/json${parameters < 0 ? '' : contentType.slice(parameters)}`
}
