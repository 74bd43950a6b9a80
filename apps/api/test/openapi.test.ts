import { readFileSync } from 'node:fs'
import { MAX_ENDPOINT_HEADERS } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { setupApi } from './api-setup.ts'

const Fields = z.record(z.string(), z.enum(['required', 'optional']))
const Operation = z.object({
  method: z.string(),
  path: z.string(),
  query: z.array(z.string()),
  body: Fields.optional(),
  /** By status; an item's fields of a list as `data.…`. */
  answers: z.record(z.string(), Fields),
})
type Operation = z.infer<typeof Operation>

// What the specification that the official SDKs are generated from says of the operations built here.
const sdkOperations = z
  .record(z.string(), Operation)
  .parse(JSON.parse(readFileSync(new URL('sdk-operations.json', import.meta.url), 'utf8')))

// Documents are read, not typed: what isn't there is undefined.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any

async function readDocument() {
  const { url } = await setupApi()
  const document: Json = await (await fetch(`${url}/api/v1/openapi.json`)).json()
  const resolve = (schema: Json): Json => {
    const name = schema?.$ref?.split('/').at(-1)
    return name === undefined ? schema : resolve(document.components.schemas[name])
  }
  const paths = new Map(
    Object.entries(document.paths).map(([path, item]) => [withoutNames(path), item]),
  )
  const find = ({ method, path }: Operation): Json =>
    Reflect.get(Object(paths.get(withoutNames(path))), method)
  return { document, find, fieldsOf: (schema: Json) => fieldsOf(resolve(schema), resolve) }
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, '{}')
}

interface FieldSet {
  readonly all: ReadonlySet<string>
  readonly required: ReadonlySet<string>
}

function fieldsOf(schema: Json, resolve: (schema: Json) => Json): FieldSet {
  const all = new Set(Object.keys(schema?.properties ?? {}))
  const required = new Set<string>(schema?.required)
  const item = resolve(resolve(schema?.properties?.data)?.items)
  if (item === undefined) return { all, required }
  for (const field of Object.keys(item.properties ?? {})) all.add(`data.${field}`)
  for (const field of item.required ?? []) required.add(`data.${field}`)
  return { all, required }
}

function namesOf(fields: Record<string, string>, kind?: string): string[] {
  return Object.keys(fields).filter((name) => kind === undefined || fields[name] === kind)
}

describe.each(Object.entries(sdkOperations))('%s', (operationId, sdk) => {
  it('is documented, and takes and gives at least what the SDKs say', async () => {
    const { find, fieldsOf: fields } = await readDocument()
    const ours = find(sdk)
    expect(ours?.operationId).toBe(operationId)
    const query = (ours.parameters ?? []).filter((parameter: Json) => parameter.in === 'query')
    expect(query.map((parameter: Json) => parameter.name)).toEqual(
      expect.arrayContaining(sdk.query),
    )
    if (sdk.body !== undefined) {
      const body = fields(ours.requestBody?.content?.['application/json']?.schema)
      expect([...body.all]).toEqual(expect.arrayContaining(namesOf(sdk.body)))
      expect(namesOf(sdk.body, 'required')).toEqual(expect.arrayContaining([...body.required]))
    }
    for (const [status, answer] of Object.entries(sdk.answers)) {
      const given = fields(ours.responses?.[status]?.content?.['application/json']?.schema)
      expect([...given.all]).toEqual(expect.arrayContaining(namesOf(answer)))
      expect([...given.required]).toEqual(expect.arrayContaining(namesOf(answer, 'required')))
    }
  })
})

describe('the document', () => {
  it('is OpenAPI 3.1, states the limits, and has each operation once', async () => {
    const { document } = await readDocument()
    expect(document.openapi).toMatch(/^3\.1/)
    expect(document.info.description).toContain('| request body | 2 MB')
    expect(document.info.description).toContain(`headers of an endpoint | ${MAX_ENDPOINT_HEADERS},`)
    expect(document.components.schemas.EndpointIn.properties.url.maxLength).toBe(2_048)
    const ids = Object.values(document.paths).flatMap((item: Json) =>
      Object.values(item).map((operation: Json) => operation.operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('states every limit that docs/api.md does', async () => {
    const { document } = await readDocument()
    const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')
    const [, section = ''] = page.split('\n## Limits\n')
    const [table = ''] = section.split('\n## ')
    const limits = table.split('\n').filter((line) => line.startsWith('| '))
    expect(limits.length).toBeGreaterThan(30)
    expect(document.info.description.split('\n')).toEqual(expect.arrayContaining(limits))
  })

  it('names every status that any operation may answer with', async () => {
    const { document } = await readDocument()
    const refused = [400, 401, 403, 404, 405, 408, 409, 413, 415, 417, 422, 429, 431, 503]
    for (const item of Object.values(document.paths))
      for (const operation of Object.values(Object(item)) as Json[])
        expect(Object.keys(operation.responses)).toEqual(
          expect.arrayContaining(refused.map(String)),
        )
  })
})
