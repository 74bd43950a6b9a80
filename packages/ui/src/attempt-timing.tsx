import type { AttemptTiming } from '@posthorn/contracts'
import { formatMs } from './format-ms.ts'
import { t } from './words.ts'

const PHASES = ['dns', 'connect', 'tls', 'wait', 'body'] as const

/** Where the time of an attempt went, phase by phase. */
export function AttemptTimingBar({ timing }: { readonly timing: AttemptTiming }) {
  const phases = PHASES.flatMap((phase) => {
    const ms = timing[`${phase}Ms`]
    return ms === null ? [] : [{ phase, ms }]
  })
  if (phases.length === 0) return null
  const totalMs = Math.max(
    1,
    phases.reduce((sum, { ms }) => sum + ms, 0),
  )
  return (
    <figure className="stack stack-small">
      <figcaption>
        <h3>{t('attempt.timing')}</h3>
      </figcaption>
      <div className="timing-bar" aria-hidden="true">
        {phases.map(({ phase, ms }) => (
          <span key={phase} data-phase={phase} style={{ flexGrow: Math.max(ms / totalMs, 0.01) }} />
        ))}
      </div>
      <ul className="timing-legend small">
        {phases.map(({ phase, ms }) => (
          <li key={phase}>
            <i data-phase={phase} aria-hidden="true" />
            {t(`timing.${phase}`)} {formatMs(ms)}
          </li>
        ))}
      </ul>
    </figure>
  )
}
