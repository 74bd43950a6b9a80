import type { TaskOutcome, TaskOutcomes as Outcomes } from '@posthorn/contracts'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { formatNumber } from './format-time.ts'
import { t } from './words.ts'

const OUTCOMES = ['delivered', 'failed', 'canceled', 'waiting'] as const satisfies TaskOutcome[]

function isTaskOutcome(text: string): text is TaskOutcome {
  return OUTCOMES.some((outcome) => outcome === text)
}

export interface TaskSentByOutcomeProps {
  /** Null: the task sends nothing. */
  readonly outcomes: Outcomes | null
  /** As the URL has it; empty: none. */
  readonly asked: string
  readonly onAsk: (outcome: string) => void
  /** Of the messages that came to it. */
  readonly renderList: (outcome: TaskOutcome) => ReactNode
}

/** What became of what a task sent, and the list of the outcome that is asked for. */
export function TaskSentByOutcome({ outcomes, asked, onAsk, renderList }: TaskSentByOutcomeProps) {
  if (outcomes === null) return null
  const chosen = isTaskOutcome(asked) ? asked : null
  return (
    <>
      <TaskOutcomes
        outcomes={outcomes}
        chosen={chosen}
        onChoose={(outcome) => onAsk(outcome ?? '')}
      />
      {chosen !== null && renderList(chosen)}
    </>
  )
}

interface TaskOutcomesProps {
  readonly outcomes: Outcomes
  /** The one whose messages are listed. */
  readonly chosen: TaskOutcome | null
  readonly onChoose: (outcome: TaskOutcome | null) => void
}

/** How much of what a task sent came to what; each opens the list of these. */
function TaskOutcomes({ outcomes, chosen, onChoose }: TaskOutcomesProps) {
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
