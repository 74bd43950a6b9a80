import { countEventTypes, findEventType, insertEventType, inTransaction } from '@posthorn/db'
import { BoundedCache } from '@posthorn/runtime'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { MAX_EVENT_TYPES } from '../event-type/save-event-type.ts'
import type { ReceivingSource } from './receiving-source.ts'

const MAX_REMEMBERED = 20_000
/** Strangers choose these names: what one source may add, and what all leave to the catalog's owner. */
const MAX_PER_SOURCE = 200
const OWNERS_ROOM = 2_000

/** Event types that sources saw join the catalog; a full one stays as it is, and the message is taken anyway. */
export class JoinedEventTypes {
  readonly #db: CoreContext['db']
  readonly #known = new BoundedCache<string, true>(MAX_REMEMBERED)

  constructor(db: CoreContext['db']) {
    this.#db = db
  }

  /** Undefined: it is known already. */
  join(source: Pick<ReceivingSource, 'id' | 'orgId'>, name: string): Promise<void> | undefined {
    const key = `${source.orgId}/${name}`
    return this.#known.get(key) === true ? undefined : this.#learn(source, { name, key })
  }

  async #learn(
    source: Pick<ReceivingSource, 'id' | 'orgId'>,
    { name, key }: { readonly name: string; readonly key: string },
  ): Promise<void> {
    const { orgId } = source
    const isNew = (await findEventType(this.#db.prisma, { orgId }, name)) === null
    if (isNew) await this.#insert(source, name)
    this.#known.set(key, true)
  }

  async #insert(source: Pick<ReceivingSource, 'id' | 'orgId'>, name: string): Promise<void> {
    const scope = { orgId: source.orgId }
    // Who added it is known by these words: one that its owner described anew counts as the owner's.
    const description = `Received by source ${source.id}`
    const { prisma } = this.#db
    if ((await countEventTypes(prisma, scope, { description })) >= MAX_PER_SOURCE) return
    if ((await countEventTypes(prisma, scope)) >= MAX_EVENT_TYPES - OWNERS_ROOM) return
    await inTransaction(this.#db, async (tx) => {
      const created = await insertEventType(tx, scope, { ...FIELDS, description, name })
      if (created !== null) await announceChange(tx, { kind: 'event_type', ...scope, name })
    })
  }
}

const FIELDS = {
  archived: false,
  deprecated: false,
  schemas: null,
  schemaValidation: 'off',
  groupName: null,
  featureFlags: [],
} as const
