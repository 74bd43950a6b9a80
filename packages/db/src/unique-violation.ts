const UNIQUE_VIOLATION = 'P2002'

/** Whether a write met a row that has the same unique value: lost a race. The transaction is over. */
export function isUniqueViolation(err: unknown): boolean {
  return err instanceof Error && 'code' in err && err.code === UNIQUE_VIOLATION
}
