import { createHash } from 'node:crypto'
import type { PayloadValidator } from '@posthorn/catalog'
import { EventTypeCheckIn, EventTypeCheckOut, examplesOf } from '@posthorn/contracts'
import { OverloadedError } from '@posthorn/core'
import { endpointRoute, ok } from './endpoint-route.ts'

const check = endpointRoute({
  method: 'post',
  path: '/api/v1/event-type-check',
  operationId: 'v1.event-type.check',
  summary: 'Check a schema and its examples without saving them',
  tags: ['Event Type'],
  access: { of: 'organisation' },
  body: EventTypeCheckIn,
  response: { 200: EventTypeCheckOut },
  handle: async (ctx, { scope, body }) =>
    ok(await checkSchema(ctx.validator, { orgId: scope.orgId, schema: body.schema })),
})

interface SchemaToCheck {
  readonly orgId: string
  readonly schema: Readonly<Record<string, unknown>>
}

async function checkSchema(
  validator: PayloadValidator,
  { orgId, schema }: SchemaToCheck,
): Promise<EventTypeCheckOut> {
  const checked = await validator.checkSchema(schema)
  if (!checked.checked) throw notChecked(checked.reason)
  if (checked.faults.length > 0) return { schemaFaults: checked.faults, exampleFaults: [] }
  // Named by what it says: a schema that is being written is another one each time.
  const version = createHash('sha256').update(JSON.stringify(schema)).digest('base64url')
  const results = await Promise.all(
    examplesOf(schema).map((example) => {
      const payloadText = JSON.stringify(example)
      return validator.validate({ key: `${orgId}/check`, version, schema, payloadText })
    }),
  )
  const exampleFaults = results.flatMap((result, example) => {
    if (result.valid === 'unknown') throw notChecked(result.reason)
    return result.valid ? [] : [{ example, faults: result.faults }]
  })
  return { schemaFaults: [], exampleFaults }
}

function notChecked(reason: string): OverloadedError {
  return new OverloadedError(`The schema could not be checked (${reason}): try again.`)
}

export const eventTypeCheckRoutes = [check] as const
