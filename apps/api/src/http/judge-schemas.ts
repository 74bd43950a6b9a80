import type { PayloadValidator } from '@posthorn/catalog'
import { type InputFault, InvalidInputError } from '@posthorn/core'

/** JSON Schemas are strangers' input too: compiled in the validator's thread, within its time. */
export async function refuseBadSchemas(
  validator: PayloadValidator,
  schemas: Readonly<Record<string, unknown>> | null,
): Promise<void> {
  const faults = await Promise.all(
    Object.entries(schemas ?? {}).map(async ([version, schema]) =>
      (await validator.checkSchema(schema)).map(({ path, message }): InputFault => ({
        path: ['body', 'schemas', version, ...path.split('/').filter((part) => part !== '')],
        message,
      })),
    ),
  )
  if (faults.some((found) => found.length > 0)) throw new InvalidInputError(faults.flat())
}
