export interface ScheduleContext {
  readonly deliverySettings: { readonly retrySchedule: readonly number[] }
}

interface ScheduledEndpoint {
  readonly retrySchedule: readonly number[]
  readonly hasOwnSchedule: boolean
}

/** Seconds between the attempts at an endpoint: its own schedule, else the installation's. */
export function scheduleOf(ctx: ScheduleContext, endpoint: ScheduledEndpoint): readonly number[] {
  return endpoint.hasOwnSchedule ? endpoint.retrySchedule : ctx.deliverySettings.retrySchedule
}

/** How many attempts a delivery gets that fails each time. */
export function attemptsAtMost(
  trigger: 'scheduled' | 'manual',
  schedule: readonly number[],
): number {
  return trigger === 'manual' ? 1 : schedule.length + 1
}
