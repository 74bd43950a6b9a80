import type { Transaction } from '@posthorn/db'
import type { Executor } from './report-operational.ts'

export function transactionExecutor(tx: Transaction): Executor {
  return { execute: (sql, params) => tx.$executeRawUnsafe(sql, ...params) }
}
