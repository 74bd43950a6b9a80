import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { DATA_KEYWORDS, findForbidden, type SchemaFault } from './schema-rules.ts'

const MAX_FAULTS = 20
// Above this the first fault is enough: listing all of a large payload's would take memory without bound.
const LIST_ALL_BELOW_CHARACTERS = 65_536

// What draft 7 lets a reference name beside a path.
const ANCHOR = /^#[A-Za-z]/

type JsonSchema = Record<string, unknown>

/**
 * Compiles customers' schemas (draft 7) and checks payloads against them. It bounds sizes, not time: a
 * pattern or a recursion may run for ever, so it lives in a worker that can be ended.
 */
export class SchemaCompiler {
  readonly #listing = createAjv(true)
  readonly #first = createAjv(false)

  /** Compiles draft 7 itself, which takes many times as long as a customer's schema. */
  warmUp(): void {
    for (const ajv of [this.#listing, this.#first]) ajv.compile({ type: 'object' })
  }

  /** The schema's own faults; none means that payloads can be checked against it. */
  checkSchema(schema: unknown): SchemaFault[] {
    const forbidden = findForbidden(schema)
    if (forbidden.length > 0) return forbidden
    const own = withoutIdentity(schema)
    try {
      if (this.#listing.validateSchema(own) !== true) return toFaults(this.#listing.errors)
      this.#listing.compile(own)
      return []
    } catch (err) {
      return [{ path: '', message: messageOf(err) }]
    } finally {
      this.#listing.removeSchema(own)
    }
  }

  /** Throws when the schema cannot be compiled. */
  compile(schema: unknown): CompiledSchema {
    const [fault] = findForbidden(schema)
    if (fault !== undefined) throw new Error(`${fault.path}: ${fault.message}`)
    return new CompiledSchema(
      { listing: this.#listing, first: this.#first },
      withoutIdentity(schema),
    )
  }
}

/** One schema, compiled when it is first needed in either of its two forms. */
export class CompiledSchema {
  readonly #ajv: { listing: Ajv; first: Ajv }
  readonly #schema: JsonSchema

  constructor(ajv: { listing: Ajv; first: Ajv }, schema: JsonSchema) {
    this.#ajv = ajv
    this.#schema = schema
  }

  validate(payloadText: string): SchemaFault[] {
    const isSmall = payloadText.length < LIST_ALL_BELOW_CHARACTERS
    const ajv = isSmall ? this.#ajv.listing : this.#ajv.first
    // Ajv keeps what it compiled by the identity of the schema object.
    const validate: ValidateFunction = ajv.compile(this.#schema)
    return validate(JSON.parse(payloadText)) ? [] : toFaults(validate.errors)
  }

  [Symbol.dispose](): void {
    this.#ajv.listing.removeSchema(this.#schema)
    this.#ajv.first.removeSchema(this.#schema)
  }
}

function createAjv(allErrors: boolean): Ajv {
  const ajv = new Ajv({
    allErrors,
    strict: false,
    logger: false,
    // `required: ["constructor"]` must not be met by an inherited property.
    ownProperties: true,
    inlineRefs: false,
    code: { regExp: Object.assign(lenientRegExp, { code: 'lenientRegExp' }) },
  })
  formats.default(ajv)
  return ajv
}

// Many schemas escape what needs no escape (`\-`), which the `u` flag refuses.
function lenientRegExp(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return new RegExp(pattern)
  }
}

// Ajv keeps ids for all schemas together, so one customer's could shadow another's or the draft's own.
// References stay inside the schema anyhow, so its id is not needed. Generators name other drafts; what
// they use of them, draft 7 knows or ignores.
function withoutIdentity(schema: unknown): JsonSchema {
  return Object.fromEntries(
    Object.entries(Object(schema))
      .filter(([keyword, value]) => !isIdentity(keyword, value))
      .map(([keyword, value]) => [keyword, DATA_KEYWORDS.has(keyword) ? value : cleaned(value)]),
  )
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  return typeof value === 'object' && value !== null ? withoutIdentity(value) : value
}

function isIdentity(keyword: string, value: unknown): boolean {
  if (typeof value !== 'string') return false
  const isId = keyword === '$id' || keyword === 'id'
  return keyword === '$schema' || (isId && !ANCHOR.test(value))
}

function toFaults(errors: ErrorObject[] | null | undefined): SchemaFault[] {
  return (errors ?? []).slice(0, MAX_FAULTS).map((error) => ({
    path: error.instancePath,
    message: describe(error),
  }))
}

function describe({ message = 'is not allowed', params, keyword }: ErrorObject): string {
  if (keyword === 'additionalProperties') return `${message}: ${params['additionalProperty']}`
  if (keyword === 'enum') return `${message}: ${JSON.stringify(params['allowedValues'])}`
  return message
}

function messageOf(err: unknown): string {
  return err instanceof Error ? err.message : String(err)
}
