import * as z from 'zod'

export type Json = Record<string, unknown>

/**
 * Turns Zod schemas into JSON Schema, and keeps every one that has an id as a component. Bodies are
 * described as they arrive; what we answer has no defaults or transforms, so one direction serves both.
 */
export class OpenApiSchemas {
  readonly components: Record<string, unknown> = {}

  describe(schema: z.ZodType): Json {
    const { $schema: _dialect, $defs, ...own } = z.toJSONSchema(schema, { io: 'input' })
    for (const [id, component] of Object.entries($defs ?? {})) {
      this.components[id] ??= withComponentRefs(component)
    }
    return toJson(withComponentRefs(own))
  }
}

function withComponentRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentRefs)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(key, item)]))
}

function rewrite(key: string, value: unknown): unknown {
  if (key !== '$ref' || typeof value !== 'string') return withComponentRefs(value)
  return value.replace('#/$defs/', '#/components/schemas/')
}

/** The value as a plain object; anything else has no members. */
export function toJson(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value))
}
