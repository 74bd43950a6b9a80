import type * as z from 'zod'
import { describeLimits } from './api-limits.ts'
import { type Json, OpenApiSchemas, toJson } from './openapi-schemas.ts'
import { HTTPValidationError, HttpErrorOut } from './validation-error.ts'

export interface OpenApiRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As Express writes it: `/api/v1/app/:appId`. */
  path: string
  operationId: string
  summary: string
  tags: string[]
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** By status; null for an answer without a body. */
  response: Record<number, z.ZodType | null>
  security: 'bearer' | 'none' | 'session'
}

export interface OpenApiInfo {
  title: string
  version: string
  description: string
}

function describeApi(): OpenApiInfo {
  return { title: 'Posthorn', version: '1', description: `Limits:\n\n${describeLimits()}` }
}

const ERRORS = {
  400: 'The request cannot be carried out',
  401: 'No valid token',
  403: 'The token does not allow this',
  404: 'There is no such thing, or it belongs to somebody else',
  405: 'This path takes other methods; Allow says which',
  408: 'The request did not come to its end in time',
  409: 'It exists, or the idempotency key came with another body',
  413: 'The body is too large',
  415: 'The body is in another charset than UTF-8 or in an unknown encoding',
  417: 'An expectation other than 100-continue',
  422: 'The request breaks its schema',
  429: 'Too many requests; Retry-After says when to come back',
  431: 'The headers are too large',
  503: 'The store is away; Retry-After says when to come back',
}

const SECURITY = { bearer: [{ HTTPBearer: [] }], session: [{ Session: [] }], none: [] }

const IDEMPOTENCY_KEY = {
  in: 'header',
  name: 'idempotency-key',
  schema: { type: 'string', maxLength: 256 },
  description: 'The same key answers with the first result for 12 hours',
}

/** The OpenAPI 3.1 document of a route table. */
export function buildOpenApi(routes: readonly OpenApiRoute[], info = describeApi()): Json {
  const schemas = new OpenApiSchemas()
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = toTemplate(route.path)
    paths[path] = { ...paths[path], [route.method]: describeOperation(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        HTTPBearer: { type: 'http', scheme: 'bearer' },
        Session: { type: 'apiKey', in: 'cookie', name: 'posthorn-session' },
      },
    },
  }
}

/** `/app/:appId` as `/app/{app_id}`, the spelling that the SDKs' own document uses. */
function toTemplate(path: string): string {
  return path.replace(/:([A-Za-z]+)/g, (_, name: string) => `{${toSnakeCase(name)}}`)
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function describeOperation(route: OpenApiRoute, schemas: OpenApiSchemas): Json {
  const { operationId, summary, tags, body, security } = route
  return {
    tags,
    operationId,
    summary,
    parameters: describeParameters(route, schemas),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: jsonContent(body, schemas) } }),
    responses: { ...describeAnswers(route, schemas), ...describeErrors(schemas) },
    security: SECURITY[security],
  }
}

function describeParameters(route: OpenApiRoute, schemas: OpenApiSchemas): Json[] {
  const described = toJson(route.params && schemas.describe(route.params)['properties'])
  const inPath = [...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => ({
    in: 'path',
    name: toSnakeCase(name),
    required: true,
    schema: described[name] ?? { type: 'string', minLength: 1, maxLength: 256 },
  }))
  const header = route.method === 'post' ? [IDEMPOTENCY_KEY] : []
  return [...inPath, ...describeQuery(route, schemas), ...header]
}

function describeQuery({ query }: OpenApiRoute, schemas: OpenApiSchemas): Json[] {
  if (query === undefined) return []
  const { properties, required } = schemas.describe(query)
  return Object.entries(toJson(properties)).map(([name, schema]) => ({
    in: 'query',
    name,
    required: Array.isArray(required) && required.includes(name),
    schema,
    ...(toJson(schema)['type'] === 'array' ? { style: 'form', explode: false } : {}),
  }))
}

function describeAnswers(route: OpenApiRoute, schemas: OpenApiSchemas): Json {
  return Object.fromEntries(
    Object.entries(route.response).map(([status, schema]) => [
      status,
      schema === null
        ? { description: 'Done' }
        : { description: 'Done', content: jsonContent(schema, schemas) },
    ]),
  )
}

function describeErrors(schemas: OpenApiSchemas): Json {
  return Object.fromEntries(
    Object.entries(ERRORS).map(([status, description]) => {
      const schema = status === '422' ? HTTPValidationError : HttpErrorOut
      return [status, { description, content: jsonContent(schema, schemas) }]
    }),
  )
}

function jsonContent(schema: z.ZodType, schemas: OpenApiSchemas): Json {
  return { 'application/json': { schema: schemas.describe(schema) } }
}
