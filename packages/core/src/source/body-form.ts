import type { ConvertBody } from '@posthorn/conversion'
import { OverloadedError } from '../errors.ts'
import { contentTypeOf, holdBody, opensObject } from './received-body.ts'

/** How endpoints receive what came: byte for byte, or as the JSON that says the same. */
export const BODY_FORMS = ['original', 'json'] as const
export type BodyForm = (typeof BODY_FORMS)[number]

export interface FormedBody {
  readonly payload: string
  readonly payloadForm: 'text' | 'base64' | null
  readonly contentType: string
  /** What came, where the payload was made from it. */
  readonly original: Uint8Array | null
}

interface UnusableBody {
  readonly fault: { readonly status: number; readonly detail: string }
}

interface Came {
  readonly bytes: Buffer
  readonly contentType: string | undefined
  /** It is known to be JSON. */
  readonly isParsed: boolean
  readonly form: BodyForm
  readonly owner: string
  /** Which field of a form holds the JSON that it was sent for. */
  readonly jsonField: string | undefined
}

/** @throws {OverloadedError} too many big bodies are being converted */
export function formBody(
  convert: ConvertBody,
  came: Came,
): FormedBody | Promise<FormedBody | UnusableBody> {
  const { bytes, contentType, isParsed, form } = came
  const held = holdBody(bytes, isParsed)
  const asItCame = {
    payload: held.payload,
    payloadForm: held.form,
    contentType: contentTypeOf(contentType, held),
    original: null,
  }
  return form === 'original' ? asItCame : convertBody(convert, came, asItCame)
}

async function convertBody(
  convert: ConvertBody,
  { bytes, contentType, owner, jsonField }: Came,
  asItCame: FormedBody,
): Promise<FormedBody | UnusableBody> {
  const conversion = await convert({
    contentType: contentType ?? '',
    bytes,
    owner,
    ...(jsonField !== undefined && { jsonField }),
  })
  if (conversion === null) throw new OverloadedError('Too many bodies are being converted.')
  if (conversion.kind === 'unusable') return { fault: conversion }
  if (conversion.kind === 'other' || conversion.text === asItCame.payload) return asItCame
  const payloadForm = opensObject(conversion.text) ? null : 'text'
  return { ...asItCame, payload: conversion.text, payloadForm, original: bytes }
}
