import type { EndpointOut } from '@posthorn/contracts'
import { type ReactNode, useId } from 'react'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { EndpointAttempts } from './endpoint-attempts.tsx'
import { EndpointMessages } from './endpoint-messages.tsx'

const VIEWS = ['attempts', 'messages'] as const

export interface EndpointLogProps {
  readonly endpoint: EndpointOut
  /** Shown once the log is there. */
  readonly below: ReactNode
}

/** What was sent to an endpoint: a row for each request, or one for each message with what became of it. */
export function EndpointLog({ endpoint, below }: EndpointLogProps) {
  const [asked, setAsked] = useSearchValue('log')
  const view = VIEWS.find((name) => name === asked) ?? 'attempts'
  const head = <Head view={view} onChange={(name) => setAsked(name === 'attempts' ? '' : name)} />
  return view === 'attempts' ? (
    <EndpointAttempts {...{ endpoint, head, below }} />
  ) : (
    <EndpointMessages endpointId={endpoint.id} {...{ head, below }} />
  )
}

interface HeadProps {
  readonly view: (typeof VIEWS)[number]
  readonly onChange: (view: (typeof VIEWS)[number]) => void
}

function Head({ view, onChange }: HeadProps) {
  const name = useId()
  return (
    <div className="row row-between">
      <h2>{t('attempts.title')}</h2>
      <fieldset className="plain-fieldset row">
        <legend className="visually-hidden">{t('log.show')}</legend>
        {VIEWS.map((option) => (
          <label className="row" key={option}>
            <input
              type="radio"
              name={name}
              checked={view === option}
              onChange={() => onChange(option)}
            />
            {t(`log.${option}`)}
          </label>
        ))}
      </fieldset>
    </div>
  )
}
