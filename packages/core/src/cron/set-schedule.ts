import type { Transaction } from '@posthorn/db'
import { setSourceSchedule } from '@posthorn/db/ingest'
import type { CoreContext } from '../context.ts'
import type { SourceInput } from '../source/source-input.ts'
import { CRON_TYPE, cronSettingsOf, nextTickMs } from './schedule.ts'

type Scheduled = Pick<SourceInput, 'type' | 'config' | 'options'> & { readonly id: string }

/** Part of the transaction that makes or changes a source: from then on its ticks count. */
export async function setSchedule(
  ctx: Pick<CoreContext, 'clock'>,
  tx: Transaction,
  { id, type, config, options }: Scheduled,
): Promise<void> {
  const isRunning = type === CRON_TYPE && options.enabled
  const atMs = isRunning ? nextTickMs(cronSettingsOf(config), ctx.clock.nowMs()) : null
  await setSourceSchedule(tx, id, atMs === null ? null : new Date(atMs))
}
