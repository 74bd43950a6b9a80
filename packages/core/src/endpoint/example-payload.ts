import { RefusedError } from '../errors.ts'

/** The event type that every endpoint can be tried with. */
export const PING_EVENT_TYPE = 'svix.ping'
export const PING_PAYLOAD = '{"success":true}'

/** An event type's example as JSON text: from version 1 of its schema, or else from the first that has any. */
export function examplePayload(schemas: unknown, index: number): string {
  const examples = examplesOf(schemas)
  const example = examples[index]
  if (examples.length === 0) refuse('The event type has no example.')
  if (!isJsonObject(example))
    refuse(`The event type has no example number ${index}: the first is 0.`)
  return JSON.stringify(example)
}

function examplesOf(schemas: unknown): readonly unknown[] {
  if (!isJsonObject(schemas)) return []
  const versions = new Map(Object.entries(schemas))
  const candidates = [versions.get('1'), ...versions.values()].map(readExamples)
  return candidates.find((examples) => examples.length > 0) ?? []
}

function readExamples(schema: unknown): readonly unknown[] {
  if (!isJsonObject(schema)) return []
  const examples = new Map(Object.entries(schema)).get('examples')
  return Array.isArray(examples) ? examples : []
}

function isJsonObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(message: string): never {
  throw new RefusedError('invalid_scheme', message)
}
