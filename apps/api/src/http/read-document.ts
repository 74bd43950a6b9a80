import type { ConvertBody } from '@posthorn/conversion'
import { InvalidInputError, OverloadedError } from '@posthorn/core'

type JsonObject = Record<string, unknown>

/**
 * What a JSON or YAML text says. YAML is read away from the thread that serves everybody, within its bounds.
 * @throws {InvalidInputError} neither, or no object; names the line
 */
export async function readDocument(
  convert: ConvertBody,
  { text, at }: { readonly text: string; readonly at: readonly string[] },
): Promise<JsonObject> {
  const document = asObject(parseJson(text)) ?? asObject(await parseYaml(convert, { text, at }))
  if (document === null)
    throw new InvalidInputError([{ path: at, message: 'Must be a JSON or YAML object' }])
  return document
}

async function parseYaml(
  convert: ConvertBody,
  { text, at }: { readonly text: string; readonly at: readonly string[] },
): Promise<unknown> {
  const conversion = await convert({ contentType: '', bytes: Buffer.from(text), isYaml: true })
  if (conversion === null) throw new OverloadedError('Too many documents are being read.')
  if (conversion.kind === 'unusable')
    throw new InvalidInputError([{ path: at, message: conversion.detail }])
  return conversion.kind === 'json' ? JSON.parse(conversion.text) : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function asObject(value: unknown): JsonObject | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? Object.fromEntries(Object.entries(value)) : null
}
