import { claimTask, type CoreContext, runTaskSlice } from '@posthorn/core'

const MAX_SLICES = 50

/** Runs slices of one waiting task until it ends, or for a bounded number of slices: then others get a turn. */
export async function runTasksOnce(ctx: CoreContext): Promise<void> {
  const task = await claimTask(ctx)
  if (task === null) return
  for (let slice = 0; slice < MAX_SLICES; slice++) {
    if ((await runTaskSlice(ctx, task)) === 'ended') return
  }
}
