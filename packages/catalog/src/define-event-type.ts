import * as z from 'zod'

/** The only version there is, until a definition changes so that old receivers break. */
const VERSION = '1'

export interface EventTypeInput<S extends z.ZodType> {
  name: string
  description: string
  schema: S
  /** At least one: it is what a customer receives when testing an endpoint. */
  examples: [z.input<S>, ...z.input<S>[]]
}

export interface EventTypeDefinition<S extends z.ZodType = z.ZodType> {
  name: string
  description: string
  schema: S
  /** Draft 7, with the examples. */
  jsonSchema: Record<string, unknown>
  /** By version, as the API's event types hold them. */
  schemas: Record<string, Record<string, unknown>>
}

/** The payload that publishers of an event type send. */
export type PayloadOf<D extends EventTypeDefinition> = z.input<D['schema']>

/** Throws when an example breaks the schema, so that a wrong definition is found when it is loaded. */
export function defineEventType<S extends z.ZodType>(
  input: EventTypeInput<S>,
): EventTypeDefinition<S> {
  const { name, description, schema, examples } = input
  for (const example of examples) schema.parse(example)
  const jsonSchema = {
    ...z.toJSONSchema(schema, { target: 'draft-07', io: 'input' }),
    title: name,
    description,
    examples,
  }
  return { name, description, schema, jsonSchema, schemas: { [VERSION]: jsonSchema } }
}
