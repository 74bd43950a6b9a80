import { Prisma } from './generated/client.ts'

/** Endpoints in trouble, of all organisations, that one look takes in: beyond it what is shown is a part. */
export const TROUBLED_AT_MOST = 20_000

/** What `decideEndpointHealth` takes for failing, as far as an index tells; of `t`, a row of `endpoint_state`. */
export const FAILS = Prisma.sql`(t.failure_count >= 5 OR t.breaker_opened_at IS NOT NULL)`
