import { countEventTypes, findEventType, insertEventType, inTransaction } from '@posthorn/db'
import { BoundedCache } from '@posthorn/runtime'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'

const MAX_REMEMBERED = 20_000
/** Room that strangers, who choose these names, leave in the catalog for its owner. */
const MAX_JOINED = 2_000

/** Event types that sources saw join the catalog; a full one stays as it is, and the message is taken anyway. */
export class JoinedEventTypes {
  readonly #db: CoreContext['db']
  readonly #known = new BoundedCache<string, true>(MAX_REMEMBERED)

  constructor(db: CoreContext['db']) {
    this.#db = db
  }

  async join(orgId: string, name: string): Promise<void> {
    const key = `${orgId}/${name}`
    if (this.#known.get(key) === true) return
    const scope = { orgId }
    if ((await findEventType(this.#db.prisma, scope, name)) === null)
      await this.#insert(scope, name)
    this.#known.set(key, true)
  }

  async #insert(scope: { readonly orgId: string }, name: string): Promise<void> {
    if ((await countEventTypes(this.#db.prisma, scope)) >= MAX_JOINED) return
    await inTransaction(this.#db, async (tx) => {
      const created = await insertEventType(tx, scope, { ...FIELDS, name })
      if (created !== null) await announceChange(tx, { kind: 'event_type', ...scope, name })
    })
  }
}

const FIELDS = {
  description: 'Received by a source',
  archived: false,
  deprecated: false,
  schemas: null,
  schemaValidation: 'off',
  groupName: null,
  featureFlags: [],
} as const
