import {
  claimTask,
  type CoreContext,
  runTaskSlice,
  type SliceResult,
  type TaskRow,
} from '@posthorn/core'

const MAX_SLICES = 50

/** Endpoints with enough to do cost a look each, so that the others' tasks go on. */
const MAX_RESTING = 20

/** Runs slices of one waiting task until it ends, or for a bounded number of slices: then others get a turn. */
export async function runTasksOnce(ctx: CoreContext): Promise<void> {
  for (let resting = 0; resting < MAX_RESTING; resting++) {
    const task = await claimTask(ctx)
    if (task === null || (await runSlices(ctx, task)) !== 'resting') return
  }
}

async function runSlices(ctx: CoreContext, task: TaskRow): Promise<SliceResult> {
  for (let slice = 0; slice < MAX_SLICES; slice++) {
    const result = await runTaskSlice(ctx, task)
    if (result !== 'more') return result
  }
  return 'more'
}
