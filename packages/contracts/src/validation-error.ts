import * as z from 'zod'

export const ValidationError = z
  .object({ loc: z.array(z.string()), msg: z.string(), type: z.string() })
  .meta({ id: 'ValidationError' })
export type ValidationError = z.infer<typeof ValidationError>

/** The body of a 422. */
export const HTTPValidationError = z
  .object({ detail: z.array(ValidationError) })
  .meta({ id: 'HTTPValidationError' })
export type HTTPValidationError = z.infer<typeof HTTPValidationError>

/** The body of every other 4xx, and of a 503. */
export const HttpErrorOut = z
  .object({ code: z.string(), detail: z.string() })
  .meta({ id: 'HttpErrorOut' })
export type HttpErrorOut = z.infer<typeof HttpErrorOut>

export type RequestPlace = 'body' | 'query' | 'path' | 'header'

const MALFORMED_TYPE = 'value_error.jsondecode'

/** A request that breaks its schema: what the api answers as a 422 with exactly these faults. */
export class RequestValidationError extends Error {
  override name = 'RequestValidationError'
  readonly code = 'validation'
  readonly detail: ValidationError[]

  constructor(detail: ValidationError[]) {
    super(detail.map((fault) => `${fault.loc.join('.')}: ${fault.msg}`).join('; '))
    this.detail = detail
  }
}

/** A body that is no JSON, or JSON of the wrong type. */
export function malformed(loc: string[], msg: string): RequestValidationError {
  return new RequestValidationError([{ loc, msg, type: MALFORMED_TYPE }])
}

export function invalid(loc: string[], msg: string): RequestValidationError {
  return new RequestValidationError([{ loc, msg, type: 'value_error' }])
}

export function toHttpValidationErrors(
  error: z.core.$ZodError,
  place: RequestPlace,
): ValidationError[] {
  return error.issues.map((issue) => ({
    loc: [place, ...issue.path.map(segment)],
    msg: innermostMessage(issue),
    type: faultType(issue, place),
  }))
}

/** Parses with the wire's wording, and throws `RequestValidationError` naming each fault. */
export function parseRequest<S extends z.ZodType>(
  schema: S,
  value: unknown,
  place: RequestPlace,
): z.output<S> {
  const result = schema.safeParse(value, { error: wording })
  if (result.success) return result.data
  throw new RequestValidationError(toHttpValidationErrors(result.error, place))
}

function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'Field required'
  return undefined
}

function segment(part: PropertyKey): string {
  return typeof part === 'number' ? `[${part}]` : String(part)
}

// A key of a map that breaks its rule comes as `invalid_key`, with the rule's own words inside.
function innermostMessage(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_key') return issue.message
  const inner = issue.issues[0]
  return inner === undefined ? issue.message : innermostMessage(inner)
}

function faultType(issue: z.core.$ZodIssue, place: RequestPlace): string {
  const isTypeFault = issue.code === 'invalid_type' || issue.code === 'invalid_union'
  return isTypeFault && place === 'body' ? MALFORMED_TYPE : 'value_error'
}
