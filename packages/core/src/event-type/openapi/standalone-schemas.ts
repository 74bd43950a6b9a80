import type { InputFault } from '../../errors.ts'

const PREFIX = '#/components/schemas/'
const COMPONENT = /^[a-zA-Z0-9._-]+$/
/** As large as one schema may be. */
const MAX_CHARACTERS = 65_536
/** Of OpenAPI, and nothing to JSON Schema. */
const DROPPED = new Set(['discriminator', 'xml', 'externalDocs', 'nullable', 'example'])
/** Data, not schemas: what looks like a reference in there is none. */
const DATA = new Set(['const', 'enum', 'examples', 'default'])

type Json = Readonly<Record<string, unknown>>
type Path = readonly string[]

/**
 * Makes schemas of an OpenAPI document stand alone: what they refer to below `#/components/schemas/` comes
 * along as `definitions`, and the words of OpenAPI 3.0 become those of JSON Schema. Nothing is fetched.
 */
export class StandaloneSchemas {
  readonly faults: InputFault[] = []
  readonly #components: Json
  readonly #converted = new Map<string, Converted>()

  constructor(components: unknown) {
    this.#components = asObject(components) ?? {}
  }

  /** Null, and a fault, for what can't stand alone. */
  of(schema: unknown, path: Path): Json | null {
    const faultsBefore = this.faults.length
    const own = this.#convert(schema, path)
    const definitions = this.#closureOf(own, path)
    if (this.faults.length > faultsBefore || asObject(own.value) === null) return null
    const value = asObject(own.value) ?? {}
    return definitions.size === 0
      ? value
      : { ...value, definitions: Object.fromEntries(definitions) }
  }

  #closureOf(own: Converted, path: Path): Map<string, unknown> {
    const definitions = new Map<string, unknown>()
    const waiting = [...own.refers]
    let characters = own.characters
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (definitions.has(name) || characters > MAX_CHARACTERS) continue
      const definition = this.#definition(name, path)
      characters += definition.characters
      definitions.set(name, definition.value)
      waiting.push(...definition.refers)
    }
    if (characters > MAX_CHARACTERS) {
      const message = 'With all that it refers to it must be at most 64 kB'
      this.faults.push({ path, message })
    }
    return definitions
  }

  #definition(name: string, path: Path): Converted {
    const known = this.#converted.get(name)
    if (known !== undefined) return known
    const isThere = Object.hasOwn(this.#components, name)
    if (!isThere)
      this.faults.push({ path, message: `Refers to ${PREFIX}${name}, which isn't there` })
    const place = ['body', 'spec', 'components', 'schemas', name]
    const made = this.#convert(isThere ? this.#components[name] : {}, place)
    this.#converted.set(name, made)
    return made
  }

  #convert(schema: unknown, path: Path): Converted {
    const refers = new Set<string>()
    const value = this.#walk(schema, { path, refers })
    return { value, refers, characters: JSON.stringify(value ?? null).length }
  }

  #walk(value: unknown, at: { path: Path; refers: Set<string> }): unknown {
    if (Array.isArray(value)) {
      return value.map((item, index) =>
        this.#walk(item, { ...at, path: [...at.path, String(index)] }),
      )
    }
    const object = asObject(value)
    if (object === null) return value
    const entries = Object.entries(object)
      .filter(([key]) => !DROPPED.has(key))
      .map(([key, item]) => [key, this.#keyword(key, item, { ...at, path: [...at.path, key] })])
    return withNull(withExample(Object.fromEntries(entries), object), object)
  }

  #keyword(key: string, item: unknown, at: { path: Path; refers: Set<string> }): unknown {
    if (key !== '$ref' || typeof item !== 'string')
      return DATA.has(key) ? item : this.#walk(item, at)
    const [name = '', ...rest] = item.startsWith(PREFIX) ? item.slice(PREFIX.length).split('/') : []
    if (!COMPONENT.test(name)) {
      const message = `Must refer to ${PREFIX}… of the same document: nothing is fetched`
      this.faults.push({ path: at.path, message })
      return '#'
    }
    at.refers.add(name)
    return ['#/definitions', name, ...rest].join('/')
  }
}

interface Converted {
  readonly value: unknown
  readonly refers: ReadonlySet<string>
  readonly characters: number
}

export function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null
}

function withExample(made: Json, { example }: Json): Json {
  return example === undefined || 'examples' in made ? made : { ...made, examples: [example] }
}

function withNull(made: Json, { nullable }: Json): Json {
  if (nullable !== true) return made
  const { type } = made
  return typeof type === 'string' ? { ...made, type: [type, 'null'] } : made
}
