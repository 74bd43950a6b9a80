import type { BackgroundTaskOut } from '@posthorn/contracts'
import { Button, formatNumber, Notice, toast } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useActOnRecovery } from '../api/recover-queries.ts'

/** From here on it is worth telling that it will stop. */
const AHEAD = 10_000

/** That so much needs a second person, and the way to be that one. */
export function Approval({ task }: { readonly task: BackgroundTaskOut }) {
  const { approval, status, progress } = task
  const isSupport = useMayAs('support')
  if (approval === null || status !== 'running') return null
  const mayGive = isSupport && approval.mayGive
  const n = formatNumber(approval.aloneAtMost)
  if (approval.isGiven) return <p className="small soft">{t('approval.given', { n })}</p>
  if (approval.isWaiting)
    return (
      <Notice tone="warn" title={t('approval.waits')}>
        <p>{t('approval.waits.text', { n })}</p>
        {mayGive && <Approve task={task} label={t('approval.give')} />}
        {!approval.mayGive && <p>{t('approval.own')}</p>}
      </Notice>
    )
  if (progress.done < AHEAD) return null
  return (
    <div className="row">
      <span className="small soft">{t('approval.ahead', { n })}</span>
      {mayGive && <Approve task={task} label={t('approval.give.ahead', { n })} />}
    </div>
  )
}

interface ApproveProps {
  readonly task: BackgroundTaskOut
  readonly label: string
}

function Approve({ task, label }: ApproveProps) {
  const act = useActOnRecovery(task.id)
  return (
    <Button
      disabled={act.isPending}
      onClick={() => act.mutate('approve', { onError: (err) => toast(describeError(err)) })}
    >
      {label}
    </Button>
  )
}
