import type { SourceOut } from '@posthorn/contracts/ingest'
import { Button, serverAheadMs, useNow } from '@posthorn/ui'
import { useShowSecret } from '../api/source-actions.ts'
import { Failure } from '../parts/failure.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

/** After it the server shows it to nobody. */
const SHOWN_MS = 7 * 86_400_000

/** What the provider brought and wants to be told: asked for by hand, and gone once it sends by it, or after a week. */
export function LearnedSecret({ source }: { readonly source: SourceOut }) {
  const { CopyButton, may } = useHost()
  const show = useShowSecret(source.id)
  const nowMs = useNow(5_000) + serverAheadMs()
  if (source.secrets === 0) return <p className="soft">{t('secret.notYet')}</p>
  const { secretLearnedAt: learnedAt } = source
  const isOver = learnedAt === null || nowMs - Date.parse(learnedAt) > SHOWN_MS
  if (isOver || (source.received?.verified ?? 0) > 0 || !may.manage) return null
  const secret = show.data?.secret
  if (secret === undefined)
    return (
      <div className="stack stack-small">
        <div className="row">
          <Button onClick={() => show.mutate()} disabled={show.isPending}>
            {t('secret.show')}
          </Button>
        </div>
        <Failure error={show.error} />
      </div>
    )
  return (
    <div className="row">
      <code className="mono source-url">{secret}</code>
      <CopyButton what={t('secret')} text={() => secret} />
    </div>
  )
}
