import type { EndpointDayOut } from '@posthorn/contracts'
import { formatNumber } from '@posthorn/ui'
import { formatTimeOfDay } from '../../../lib/format.ts'
import { t } from '../../../lib/text.ts'
import type { DayWindow } from '../api/endpoint-queries.ts'

export interface DayBarsProps {
  readonly day: EndpointDayOut
  readonly window: DayWindow
}

const HEIGHT = 24
const STEP = 8
const BAR = 6
/** What failed is seen beside however much that arrived. */
const LEAST = 2

/** What was delivered and what failed, step by step: failures stand on top, so that they don't hang on their colour. */
export function DayBars({ day, window }: DayBarsProps) {
  const steps = stepsOf(day, window)
  const top = Math.max(1, ...steps.map(({ succeeded, failed }) => succeeded + failed))
  const told = steps
    .filter(({ succeeded, failed }) => succeeded + failed > 0)
    .map(({ text }) => text)
  const label = told.length === 0 ? t('endpoints.bars.none') : told.join('; ')
  return (
    <svg
      className="day-bars"
      role="img"
      aria-label={t('endpoints.bars', { steps: label })}
      viewBox={`0 0 ${steps.length * STEP} ${HEIGHT}`}
    >
      {steps.map((step, at) => (
        <Bar key={step.fromMs} x={at * STEP} {...{ step, top }} />
      ))}
    </svg>
  )
}

interface Step {
  readonly fromMs: number
  readonly untilMs: number
  readonly succeeded: number
  readonly failed: number
  readonly text: string
}

function stepsOf({ series }: EndpointDayOut, { since, until, stepSeconds }: DayWindow): Step[] {
  const byStart = new Map(series.map((step) => [Date.parse(step.startsAt), step]))
  const [firstMs, endMs, stepMs] = [Date.parse(since), Date.parse(until), stepSeconds * 1000]
  return Array.from({ length: Math.ceil((endMs - firstMs) / stepMs) }, (_, at) => {
    const fromMs = firstMs + at * stepMs
    const { succeeded, failed } = byStart.get(fromMs) ?? { succeeded: 0, failed: 0 }
    const step = { fromMs, untilMs: Math.min(fromMs + stepMs, endMs), succeeded, failed }
    return { ...step, text: stepText(step) }
  })
}

function stepText({ fromMs, untilMs, succeeded, failed }: Omit<Step, 'text'>): string {
  return t('endpoints.bars.step', {
    from: formatTimeOfDay(fromMs),
    until: formatTimeOfDay(untilMs),
    succeeded: formatNumber(succeeded),
    failed: formatNumber(failed),
  })
}

function Bar({ step, x, top }: { readonly step: Step; readonly x: number; readonly top: number }) {
  const { succeeded, failed } = step
  const failedHeight = failed === 0 ? 0 : Math.max(LEAST, (failed / top) * HEIGHT)
  const height = succeeded === 0 ? 0 : Math.max(1, (succeeded / top) * HEIGHT)
  const good = Math.min(height, HEIGHT - failedHeight)
  return (
    <g>
      <title>{step.text}</title>
      <rect data-tone="ground" x={x} width={BAR} y={0} height={HEIGHT} />
      {good > 0 && <rect data-tone="good" x={x} width={BAR} y={HEIGHT - good} height={good} />}
      {failed > 0 && (
        <rect
          data-tone="bad"
          x={x}
          width={BAR}
          y={HEIGHT - good - failedHeight}
          height={failedHeight}
        />
      )}
    </g>
  )
}
