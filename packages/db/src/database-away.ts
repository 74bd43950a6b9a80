const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  // Prisma: can't reach, timed out waiting for the pool or a transaction, connection closed.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
])

const AWAY_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|not queryable|unable to start a transaction/i

/**
 * Whether an error says that the database could not be asked, or not in time: worth trying again soon.
 * SQLSTATE 08 connection · 53 resources · 55P03 lock · 57 shutdown, start-up, statement timeout · 58 system
 * · 40001/40P01 serialisation and deadlock.
 */
export function isDatabaseAway(err: unknown): boolean {
  if (!(err instanceof Error)) return false
  const codes = [codeOf(err), driverCode(err), codeOf(err.cause)]
  if (codes.some((code) => AWAY_CODES.has(code) || /^(08|53|55P03|57|58|40)/.test(code)))
    return true
  return AWAY_MESSAGES.test(err.message)
}

function codeOf(err: unknown): string {
  return typeof err === 'object' && err !== null && 'code' in err && typeof err.code === 'string'
    ? err.code
    : ''
}

// Prisma wraps the driver's error as `meta.driverAdapterError.cause.originalCode`, or as the cause itself.
function driverCode(err: Error): string {
  const meta = 'meta' in err ? err.meta : undefined
  const adapter = read(meta, 'driverAdapterError')
  const cause = read(adapter, 'cause') ?? err.cause
  const code = read(cause, 'originalCode')
  return typeof code === 'string' ? code : ''
}

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
