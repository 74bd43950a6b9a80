import { type Database, inTransaction, type Transaction } from './database.ts'
import type { PrismaClient } from './generated/client.ts'

/** Lets several verbs share one transaction: what each would run in its own joins it instead. */
export interface JoinedTransaction {
  readonly tx: Transaction
  readonly afterCommit: (() => void)[]
}

/** Runs `work` with a database whose every ordinary query and transaction is part of one transaction. */
export async function inOneTransaction<T>(
  db: Database,
  work: (db: Database, tx: Transaction) => Promise<T>,
): Promise<T> {
  const afterCommit: (() => void)[] = []
  const result = await inTransaction(db, (tx) => {
    const joined: Database = {
      prisma: asClient(tx),
      hot: db.hot,
      directUrl: db.directUrl,
      joined: { tx, afterCommit },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
    return work(joined, tx)
  })
  for (const act of afterCommit) act()
  return result
}

/** For what must not be seen before the commit (a job for the queue): at once outside a joined transaction. */
export function afterCommit(db: Database, act: () => void): void {
  if (db.joined === undefined) act()
  else db.joined.afterCommit.push(act)
}

// A transaction has every model and raw query of the client; what it lacks are the methods that
// connect and begin transactions, which only `database.ts` calls.
function asClient(tx: Transaction): PrismaClient {
  return tx as PrismaClient
}
