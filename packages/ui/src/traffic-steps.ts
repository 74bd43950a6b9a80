import type { TrafficOut } from '@posthorn/contracts'
import { formatStep } from './format-time.ts'

export interface TrafficStep {
  readonly label: string
  /** Absent: no attempt was made in it. */
  readonly point: TrafficOut['series'][number] | undefined
}

/** All steps of the time that was asked for: the answer leaves out what had no attempt, an axis has it all the same. */
export function trafficSteps({ since, until, stepSeconds, series }: TrafficOut): TrafficStep[] {
  const known = new Map(series.map((point) => [Date.parse(point.startsAt), point]))
  const steps: TrafficStep[] = []
  for (let at = Date.parse(since); at < Date.parse(until); at += stepSeconds * 1000)
    steps.push({ label: formatStep(at), point: known.get(at) })
  return steps
}
