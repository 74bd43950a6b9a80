import type { Logger } from './logger.ts'

/**
 * Side work that may fail without failing its caller (a cache, a metric): a rejection is logged as
 * `best_effort.failed` with `what`, and swallowed. Never rejects; awaiting it is optional.
 */
export async function bestEffort(
  what: string,
  promise: Promise<unknown>,
  logger: Logger,
): Promise<void> {
  try {
    await promise
  } catch (err) {
    logger.warn({ what, err }, 'best_effort.failed')
  }
}
