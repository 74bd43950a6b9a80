import type { BoardEndpointOut } from '@posthorn/contracts'
import { Badge, Button, Cause, Dialog, VisibleText } from '@posthorn/ui'
import { FormError } from '../../../components/form-error.tsx'
import { formatCount } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { hasText, t } from '../../../lib/text.ts'
import { type ProbeResult, useProbeMany } from '../api/probe-many.ts'

export interface ProbeDialogProps {
  /** As they were when the dialog was opened: one that arrives leaves the lists behind it. */
  readonly endpoints: readonly BoardEndpointOut[]
  readonly onClose: () => void
}

/** One attempt to each that is only probed, now, and what comes of it. */
export function ProbeDialog({ endpoints, onClose }: ProbeDialogProps) {
  const { ask, results } = useProbeMany(endpoints)
  const n = formatCount(endpoints.length)
  return (
    <Dialog title={t('probeMany.title', { n })} onClose={onClose}>
      {ask.data === undefined ? <p>{t('probeMany.text')}</p> : <Results results={results} />}
      <FormError error={ask.error} />
      <div className="row">
        {ask.data === undefined && (
          <Button kind="primary" disabled={ask.isPending} onClick={() => ask.mutate()}>
            {t('probeMany.action', { n })}
          </Button>
        )}
        <Button onClick={onClose}>
          {t(ask.data === undefined ? 'action.cancel' : 'action.close')}
        </Button>
      </div>
    </Dialog>
  )
}

function Results({ results }: { readonly results: readonly ProbeResult[] }) {
  const arrived = results.filter(({ attempt }) => attempt?.statusText === 'success').length
  const open = results.filter(({ probed, attempt }) => probed.probe !== null && attempt === null)
  const counts = { arrived: formatCount(arrived), n: formatCount(results.length) }
  return (
    <>
      <p role="status">
        {t('probeMany.arrived', counts)}{' '}
        {open.length > 0 && t('probeMany.open', { n: formatCount(open.length) })}
      </p>
      <div className="probe-results" tabIndex={0} role="region" aria-label={t('probeMany.results')}>
        <ul className="plain-list stack stack-small">
          {results.map((result) => (
            <Result key={result.endpoint.endpointId} result={result} />
          ))}
        </ul>
      </div>
    </>
  )
}

function Result({ result: { endpoint, probed, attempt } }: { readonly result: ProbeResult }) {
  const { appId, url } = endpoint
  return (
    <li className="stack stack-tight">
      <div className="row">
        <Outcome {...{ probed, attempt }} />
        <span className="anywhere">
          <VisibleText text={url} />
        </span>
      </div>
      {probed.refusal !== null && <p className="small soft">{refusalText(probed.refusal)}</p>}
      {attempt !== null && attempt.statusText !== 'success' && (
        <div className="small">
          <Cause attempt={attempt} />{' '}
          <Link to={`/messages/${appId}/${attempt.msgId}`}>{t('probeMany.see')}</Link>
        </div>
      )}
    </li>
  )
}

function Outcome({ probed, attempt }: Pick<ProbeResult, 'probed' | 'attempt'>) {
  if (probed.probe === null) return <Badge tone="idle">{t('probeMany.not')}</Badge>
  if (attempt === null) return <Badge tone="idle">{t('probeMany.waiting')}</Badge>
  const hasArrived = attempt.statusText === 'success'
  return (
    <Badge tone={hasArrived ? 'good' : 'bad'}>
      {t(hasArrived ? 'probeMany.good' : 'probeMany.bad')}
    </Badge>
  )
}

function refusalText(code: string): string {
  const key = `probeMany.refusal.${code}`
  return hasText(key) ? t(key) : code
}
