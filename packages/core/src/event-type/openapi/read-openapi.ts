import { type InputFault, InvalidInputError } from '../../errors.ts'
import { asObject, StandaloneSchemas } from './standalone-schemas.ts'

/** What a document says of an event type; an absent field is not mentioned. */
export interface DescribedEventType {
  readonly description: unknown
  readonly deprecated: boolean
  readonly schemas?: { readonly '1': unknown }
  readonly groupName?: unknown
  readonly featureFlags?: unknown
}

const MAX_IMPORTED = 500

/**
 * The event types that an OpenAPI document describes: each item of `webhooks` (3.1) or `x-webhooks` is one,
 * named by its key. What is in them is judged as any event type's fields are. @throws {InvalidInputError}
 */
export function readOpenApi(document: unknown): Record<string, DescribedEventType> {
  const spec = asObject(document)
  const at = spec !== null && 'webhooks' in spec ? 'webhooks' : 'x-webhooks'
  const webhooks = asObject(spec?.[at])
  if (spec === null || webhooks === null) {
    throw refuse(
      ['body', 'spec', 'webhooks'],
      'Must be an object: each of its items is an event type',
    )
  }
  const names = Object.keys(webhooks)
  if (names.length > MAX_IMPORTED) {
    throw refuse(['body', 'spec', at], `Must have at most ${MAX_IMPORTED} items`)
  }
  const components = asObject(spec['components']) ?? {}
  const schemas = new StandaloneSchemas(components['schemas'])
  const reader = new WebhookReader(components, schemas)
  const described = names.map(
    (name) => [name, reader.read(webhooks[name], ['body', 'spec', at, name])] as const,
  )
  const faults = [...reader.faults, ...schemas.faults]
  if (faults.length > 0) throw new InvalidInputError(faults)
  return Object.fromEntries(described)
}

const METHODS = ['post', 'put', 'patch', 'get', 'delete']
const JSON_CONTENT = /^application\/(json|[\w.+-]+\+json)\b/i
const MAX_HOPS = 10

class WebhookReader {
  readonly faults: InputFault[] = []
  readonly #components: Readonly<Record<string, unknown>>
  readonly #schemas: StandaloneSchemas

  constructor(components: Readonly<Record<string, unknown>>, schemas: StandaloneSchemas) {
    this.#components = components
    this.#schemas = schemas
  }

  read(webhook: unknown, path: readonly string[]): DescribedEventType {
    const item = this.#resolve(webhook, 'pathItems', path)
    const method = METHODS.find((name) => asObject(item[name]) !== null)
    if (method === undefined) {
      this.faults.push({ path, message: 'Must have an operation, such as `post`' })
      return { description: '', deprecated: false }
    }
    const operation = asObject(item[method]) ?? {}
    const text = operation['description'] ?? operation['summary'] ?? item['description'] ?? ''
    const schema = this.#schemaOf(operation['requestBody'], [...path, method, 'requestBody'])
    const groupName = operation['x-svix-group-name'] ?? operation['x-group-name']
    const featureFlags = operation['x-svix-feature-flags'] ?? operation['x-feature-flags']
    return {
      description: text,
      deprecated: operation['deprecated'] === true,
      ...(schema === null ? {} : { schemas: { '1': schema } }),
      ...(groupName === undefined ? {} : { groupName }),
      ...(featureFlags === undefined ? {} : { featureFlags }),
    }
  }

  #schemaOf(requestBody: unknown, path: readonly string[]): object | null {
    if (requestBody === undefined) return null
    const content = asObject(this.#resolve(requestBody, 'requestBodies', path)['content']) ?? {}
    const [type, media] = Object.entries(content).find(([name]) => JSON_CONTENT.test(name)) ?? []
    const described = asObject(media)
    if (type === undefined || described === null || described['schema'] === undefined) return null
    const schema = this.#schemas.of(described['schema'], [...path, 'content', type, 'schema'])
    const examples = examplesOf(described)
    if (schema === null || examples.length === 0 || 'examples' in schema) return schema
    return { ...schema, examples }
  }

  /** Follows references within the document, a bounded number of them. */
  #resolve(value: unknown, kind: string, path: readonly string[]): Record<string, unknown> {
    let object = asObject(value) ?? {}
    for (let hop = 0; hop < MAX_HOPS && typeof object['$ref'] === 'string'; hop++) {
      const prefix = `#/components/${kind}/`
      const name = object['$ref'].startsWith(prefix) ? object['$ref'].slice(prefix.length) : null
      const held = asObject(this.#components[kind]) ?? {}
      const found = name !== null && Object.hasOwn(held, name) ? asObject(held[name]) : null
      if (found === null) {
        const message = `Must refer to ${prefix}… of the same document: nothing is fetched`
        this.faults.push({ path: [...path, '$ref'], message })
        return {}
      }
      object = found
    }
    return object
  }
}

function examplesOf({ example, examples }: Readonly<Record<string, unknown>>): unknown[] {
  if (example !== undefined) return [example]
  return Object.values(asObject(examples) ?? {}).flatMap((one) => {
    const value = asObject(one)?.['value']
    return value === undefined ? [] : [value]
  })
}

function refuse(path: string[], message: string): InvalidInputError {
  return new InvalidInputError([{ path, message }])
}
