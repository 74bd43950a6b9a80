import { once } from 'node:events'
import * as z from 'zod'
import { CommandError } from './command-error.ts'

const Orders = z.object({
  env: z.record(z.string(), z.string().optional()),
  /** The first time: the supervisor has just migrated the database, and shows what is in it. */
  isFirst: z.boolean(),
})
/** What the supervisor tells a process of its own as soon as the database runs. */
export type Orders = Readonly<z.infer<typeof Orders>>

const Found = z.object({ isEmpty: z.boolean(), firstOwnerUrl: z.string().nullable() })
export type Found = Readonly<z.infer<typeof Found>>

const Ready = z.object({ url: z.string().optional(), found: Found.optional() })
/** What a process says once it serves. */
export type Ready = Readonly<z.infer<typeof Ready>>

/** Null when the process is told to stop before. */
export async function receiveOrders(stop: AbortSignal): Promise<Orders | null> {
  if (!process.connected) throw new CommandError('The start that made this process has ended.')
  try {
    const [message]: unknown[] = await once(process, 'message', { signal: stop })
    return Orders.parse(message)
  } catch (err) {
    if (stop.aborted) return null
    throw err
  }
}

export function sayReady(ready: Ready): void {
  process.send?.(ready)
}

export function readReady(message: unknown): Ready {
  return Ready.parse(message)
}
