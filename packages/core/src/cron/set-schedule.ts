import type { Transaction } from '@posthorn/db'
import { setSourceSchedule } from '@posthorn/db/ingest'
import type { CoreContext } from '../context.ts'
import type { SourceInput } from '../source/source-input.ts'
import { CRON_TYPE, cronSettingsOf, nextTickMs } from './schedule.ts'

type Described = Pick<SourceInput, 'type' | 'config' | 'options'>
type Scheduled = Described & { readonly id: string }
type Context = Pick<CoreContext, 'clock'>

/** Part of the transaction that makes a source: from then on its ticks count. */
export async function setSchedule(
  ctx: Context,
  tx: Transaction,
  { id, ...described }: Scheduled,
): Promise<void> {
  const { config } = described
  const atMs = isRunning(described) ? nextTickMs(cronSettingsOf(config), ctx.clock.nowMs()) : null
  await setSourceSchedule(tx, id, atMs === null ? null : new Date(atMs))
}

/** Part of the transaction that changes one: what is about anything else moves no tick. */
export async function changeSchedule(
  ctx: Context,
  tx: Transaction,
  { former, changed }: { readonly former: Described; readonly changed: Scheduled },
): Promise<void> {
  if (!isSame(former, changed)) await setSchedule(ctx, tx, changed)
}

function isRunning({ type, options }: Described): boolean {
  return type === CRON_TYPE && options.enabled
}

function isSame(former: Described, changed: Described): boolean {
  const [before, after] = [cronSettingsOf(former.config), cronSettingsOf(changed.config)]
  return (
    isRunning(former) === isRunning(changed) &&
    before.schedule === after.schedule &&
    before.timezone === after.timezone
  )
}
