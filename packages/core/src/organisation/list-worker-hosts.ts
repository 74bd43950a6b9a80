import { listWorkerHosts as listRows } from '@posthorn/db/staff'
import type { CoreContext } from '../context.ts'

const SILENT_MS = 60_000

/** The machines whose workers were heard of within a minute: deliveries leave from there. */
export function listWorkerHosts(ctx: Pick<CoreContext, 'db' | 'clock'>): Promise<string[]> {
  return listRows(ctx.db.prisma, new Date(ctx.clock.nowMs() - SILENT_MS))
}
