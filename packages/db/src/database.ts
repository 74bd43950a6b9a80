import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'
import type { JoinedTransaction } from './joined-transaction.ts'

/** Ordinary queries run on `prisma`, the few hot statements on `hot`; neither can starve the other. */
export interface Database extends AsyncDisposable {
  readonly prisma: PrismaClient
  readonly hot: pg.Pool
  /** For `LISTEN` and migrations: past a transaction-mode pooler, where there is one. */
  readonly directUrl: string
  /** The transaction that everything here is part of already, if there is one. */
  readonly joined?: JoinedTransaction
}

/** A connection of the hot pool, for a transaction of hot statements. */
export type HotClient = pg.PoolClient

export interface DatabaseOptions {
  readonly url: string
  readonly directUrl?: string | undefined
  readonly hotConnections?: number
  readonly ordinaryConnections?: number
  readonly applicationName?: string
  /** Hears of connections that broke while idle; the pool replaces them by itself. */
  readonly onConnectionError?: (err: Error) => void
}

export type Transaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'
>

const STATEMENT_TIMEOUT_MS = 10_000
const LOCK_TIMEOUT_MS = 5_000
const CONNECT_TIMEOUT_MS = 5_000

// Nested loops over primary keys are right for every hot statement, whatever the statistics of a
// table that was just filled say: a cached full-scan plan would stay until the session ends.
// Run-time pruning is off for the reason given in hot/week.ts.
const HOT_PLANNER = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'partition_pruning']

export function openDatabase(options: DatabaseOptions): Database {
  const onError = options.onConnectionError ?? (() => undefined)
  const hot = openPool(options, options.hotConnections ?? 6, HOT_PLANNER)
  const ordinary = openPool(options, options.ordinaryConnections ?? 6, [])
  for (const pool of [hot, ordinary]) pool.on('error', onError).on('connect', surviveLoss)
  const prisma = new PrismaClient({ adapter: new PrismaPg(ordinary) })
  return {
    prisma,
    hot,
    directUrl: options.directUrl ?? options.url,
    async [Symbol.asyncDispose]() {
      await prisma.$disconnect()
      await Promise.all([endPool(ordinary), endPool(hot)])
    },
  }
}

function openPool(options: DatabaseOptions, max: number, plannerOff: string[]): pg.Pool {
  return new pg.Pool({
    connectionString: options.url,
    max,
    application_name: options.applicationName ?? 'posthorn',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 2_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...(isPooled(options) ? POOLED_SESSION : sessionSettings(plannerOff)),
  })
}

function isPooled({ url, directUrl }: DatabaseOptions): boolean {
  return directUrl !== undefined && directUrl !== url
}

// A pooler hands one session to many clients and refuses a client that asks for settings, save the few
// it gives to whoever has the session. The others are the role's: "Behind a pooler" in docs/operations.md.
const POOLED_SESSION: pg.PoolConfig = { options: '-c timezone=UTC' }

function sessionSettings(plannerOff: string[]): pg.PoolConfig {
  const planner = plannerOff.map((name) => `-c enable_${name}=off`)
  if (plannerOff.length > 0) planner.push('-c plan_cache_mode=force_generic_plan')
  return {
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    options: ['-c timezone=UTC', '-c jit=off', ...planner].join(' '),
  }
}

// A connection lost between two statements of a transaction has nobody to tell, and an error event
// without a listener ends the process. The next statement on it fails, and says so.
function surviveLoss(client: pg.PoolClient): void {
  client.on('error', () => undefined)
}

async function endPool(pool: pg.Pool): Promise<void> {
  if (!pool.ended) await pool.end()
}

/** Runs `work` in one transaction of ordinary queries, or in the one that `db` is part of already. */
export function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (db.joined !== undefined) return work(db.joined.tx)
  return db.prisma.$transaction(work, {
    timeout: STATEMENT_TIMEOUT_MS,
    maxWait: CONNECT_TIMEOUT_MS,
  })
}
