import * as z from 'zod'

const MAX_EXAMPLES = 50

export const EventTypeCheckIn = z
  .object({ schema: z.record(z.string(), z.unknown()) })
  .meta({ id: 'EventTypeCheckIn' })

const Fault = z.object({ path: z.string(), message: z.string() })

/** Of the schema itself, and of each of its `examples` by their place; both empty: all is well. */
export const EventTypeCheckOut = z
  .object({
    schemaFaults: z.array(Fault),
    exampleFaults: z.array(z.object({ example: z.int(), faults: z.array(Fault) })),
  })
  .meta({ id: 'EventTypeCheckOut' })
export type EventTypeCheckOut = z.infer<typeof EventTypeCheckOut>

/** As many of a schema's examples as are looked at. */
export function examplesOf(schema: Readonly<Record<string, unknown>>): unknown[] {
  const { examples } = schema
  return Array.isArray(examples) ? examples.slice(0, MAX_EXAMPLES) : []
}
