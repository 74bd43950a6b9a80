import { type Database, findEventTypeSchema, type EventTypeSchema } from '@posthorn/db'
import { BoundedCache } from '@posthorn/runtime'

/** What an event type says of its payloads; looked at by every publish, so remembered for a few seconds. */
export interface SchemaCache {
  get(orgId: string, name: string): EventTypeSchema | null | Promise<EventTypeSchema | null>
  forget(orgId: string): void
  forgetAll(): void
}

const TTL_MS = 4_000
const MAX_TYPES = 20_000

interface Remembered {
  readonly schema: EventTypeSchema | null
  readonly untilMs: number
  readonly generation: number
}

export function createSchemaCache(db: Database): SchemaCache {
  const remembered = new BoundedCache<string, Remembered>(MAX_TYPES)
  let generation = 0

  async function load(orgId: string, name: string): Promise<EventTypeSchema | null> {
    const started = generation
    const schema = await findEventTypeSchema(db.prisma, { orgId }, name)
    remembered.set(`${orgId}/${name}`, {
      schema,
      untilMs: performance.now() + TTL_MS,
      generation: started,
    })
    return schema
  }

  return {
    get(orgId, name) {
      const known = remembered.get(`${orgId}/${name}`)
      const isFresh =
        known !== undefined && known.generation === generation && known.untilMs > performance.now()
      return isFresh ? known.schema : load(orgId, name)
    },
    // A change is rare and a look-up cheap: whoever it was about, all are asked again.
    forget: () => void generation++,
    forgetAll: () => void generation++,
  }
}
