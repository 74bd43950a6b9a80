import { listSealedByOthers, replaceSealed, SEALED_COLUMNS, type SealedColumn } from '@posthorn/db'
import type { CoreContext } from './context.ts'

export interface Reencrypted {
  /** As `table.column`. */
  readonly name: string
  readonly count: number
}

const PAGE = 500

/**
 * Brings every stored value to the key that writes, so that the former ones can be taken away. May run beside
 * everything else, be broken off and run again; values written meanwhile by processes that still
 * have another first key are left over.
 */
export async function reencryptAll(ctx: Pick<CoreContext, 'db' | 'vault'>): Promise<Reencrypted[]> {
  const results: Reencrypted[] = []
  for (const column of SEALED_COLUMNS) {
    const count = await reencryptColumn(ctx, column)
    results.push({ name: `${column.table}.${column.column}`, count })
  }
  return results
}

async function reencryptColumn(
  { db, vault }: Pick<CoreContext, 'db' | 'vault'>,
  column: SealedColumn,
): Promise<number> {
  const { writerId } = vault
  for (let count = 0, after = null; ;) {
    const page = await listSealedByOthers(db.hot, { column, writerId, after, limit: PAGE })
    for (const value of page) {
      const sealed = vault.seal(vault.open(value.sealed))
      await replaceSealed(db.hot, column, { value, sealed })
    }
    count += page.length
    if (page.length < PAGE) return count
    after = page.at(-1)?.key ?? null
  }
}
