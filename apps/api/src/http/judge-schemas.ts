import type { PayloadValidator } from '@posthorn/catalog'
import { type InputFault, InvalidInputError, OverloadedError } from '@posthorn/core'

/** JSON Schemas are strangers' input too: compiled in the validator's thread, within its time. */
export async function refuseBadSchemas(
  validator: PayloadValidator,
  schemas: Readonly<Record<string, unknown>> | null,
  at: readonly string[] = ['body', 'schemas'],
): Promise<void> {
  const faults = await Promise.all(
    Object.entries(schemas ?? {}).map(([version, schema]) =>
      findFaults(validator, { version, schema, at }),
    ),
  )
  if (faults.some((found) => found.length > 0)) throw new InvalidInputError(faults.flat())
}

interface Judged {
  readonly version: string
  readonly schema: unknown
  readonly at: readonly string[]
}

async function findFaults(
  validator: PayloadValidator,
  { version, schema, at }: Judged,
): Promise<InputFault[]> {
  const check = await validator.checkSchema(schema)
  if (!check.checked) {
    throw new OverloadedError(
      `Schema ${version} could not be checked (${check.reason}): try again.`,
    )
  }
  return check.faults.map(({ path, message }) => ({
    path: [...at, version, ...path.split('/').filter((part) => part !== '')],
    message,
  }))
}
