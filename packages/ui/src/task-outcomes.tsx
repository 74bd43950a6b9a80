import type { TaskOutcome, TaskOutcomes as Outcomes } from '@posthorn/contracts'
import { Button } from './button.tsx'
import { formatNumber } from './format-time.ts'
import { t } from './words.ts'

const OUTCOMES = ['delivered', 'failed', 'canceled', 'waiting'] as const satisfies TaskOutcome[]

export function isTaskOutcome(text: string): text is TaskOutcome {
  return OUTCOMES.some((outcome) => outcome === text)
}

export interface TaskOutcomesProps {
  readonly outcomes: Outcomes
  /** The one whose messages are listed. */
  readonly chosen: TaskOutcome | null
  readonly onChoose: (outcome: TaskOutcome | null) => void
}

/** How much of what a task sent came to what; each opens the list of these. */
export function TaskOutcomes({ outcomes, chosen, onChoose }: TaskOutcomesProps) {
  const more = outcomes.isCapped ? '+' : ''
  return (
    <div className="row" role="group" aria-label={t('taskOutcome.title')}>
      {OUTCOMES.map((outcome) => {
        const text = t(`taskOutcome.${outcome}`, { n: formatNumber(outcomes[outcome]) + more })
        const isChosen = outcome === chosen
        // Beyond what is counted there may be some.
        if (outcomes[outcome] === 0 && !isChosen && !outcomes.isCapped)
          return (
            <span className="small" key={outcome}>
              {text}
            </span>
          )
        return (
          <Button
            key={outcome}
            size="small"
            aria-pressed={isChosen}
            onClick={() => onChoose(isChosen ? null : outcome)}
          >
            {text}
          </Button>
        )
      })}
    </div>
  )
}
