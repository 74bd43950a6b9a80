import type { SourceRequestOut } from '@posthorn/contracts/ingest'
import { Badge, type Tone, VisibleText } from '@posthorn/ui'
import { hasText, t } from '../text.ts'

type Outcome = SourceRequestOut['outcome']

export const OUTCOMES = [
  'accepted',
  'duplicate',
  'quarantined',
  'refused',
  'throttled',
  'handshake',
  'missed',
] as const satisfies readonly Outcome[]

const TONES: Readonly<Record<Outcome, Tone>> = {
  accepted: 'good',
  duplicate: 'idle',
  handshake: 'idle',
  quarantined: 'bad',
  refused: 'bad',
  throttled: 'warn',
  missed: 'warn',
}

export function OutcomeBadge({ outcome }: { readonly outcome: Outcome }) {
  return <Badge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</Badge>
}

/** Their detail has nothing of the request to tell. */
const SAYS_ALL = new Set(['disabled'])

/** In words where there are some: a reason is a name of ours, its detail may tell of the request. */
export function reasonText(reason: string): string {
  const key = `reason.${reason}`
  return hasText(key) ? t(key) : reason
}

export function Reason({ reason, detail }: Pick<SourceRequestOut, 'reason' | 'detail'>) {
  if (reason === null) return null
  return (
    <div className="small">
      {reasonText(reason)}
      {detail !== null && detail !== '' && !SAYS_ALL.has(reason) && (
        <span className="soft">
          {' '}
          <VisibleText text={detail} />
        </span>
      )}
    </div>
  )
}
