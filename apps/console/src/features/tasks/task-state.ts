import type { BackgroundTaskOut } from '@posthorn/contracts'

export function isUnderWay(task: BackgroundTaskOut): boolean {
  return task.status === 'running'
}

/** From 0 to 1; by the time that is covered where nobody counted how much there is. */
export function fractionOf({ progress }: BackgroundTaskOut): number {
  const { done, skipped, total, fraction } = progress
  return total === null || total === 0 ? fraction : (done + skipped) / total
}
