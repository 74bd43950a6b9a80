import type { PayloadValidator } from '@posthorn/catalog'
import { InvalidInputError } from '@posthorn/core'
import type { EventTypeSchema } from '@posthorn/db'

export interface PayloadToCheck {
  readonly orgId: string
  readonly eventType: string
  readonly schema: EventTypeSchema | null
  readonly payloadText: string
}

/**
 * Validates a payload by its event type: `off` not at all, `warn` (the default) accepts and notes the faults,
 * `reject` refuses. Answers the faults as JSON text, or null. A schema that gives no verdict in time is
 * noted and never refuses.
 */
export async function checkPayload(
  validator: PayloadValidator,
  payload: PayloadToCheck,
): Promise<string | null> {
  const { schema } = payload
  if (schema === null || schema.validation === 'off' || schema.schema === null) return null
  const result = await validator.validate({
    key: `${payload.orgId}/${payload.eventType}`,
    version: schema.version,
    schema: schema.schema,
    payloadText: payload.payloadText,
  })
  if (result.valid === true) return null
  if (result.valid === 'unknown')
    return JSON.stringify([{ path: '', message: `Not checked: ${result.reason}` }])
  if (schema.validation === 'warn') return JSON.stringify(result.faults)
  throw new InvalidInputError(
    result.faults.map((fault) => ({
      path: ['body', 'payload', ...segments(fault.path)],
      message: fault.message,
    })),
  )
}

function segments(pointer: string): string[] {
  return pointer.split('/').filter((part) => part !== '')
}
