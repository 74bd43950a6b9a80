import type { SourceOut } from '@posthorn/contracts/ingest'
import { Button } from '@posthorn/ui'
import { useShowSecret } from '../api/source-actions.ts'
import { Failure } from '../parts/failure.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

/** What the provider brought and wants to be told: asked for by hand, and gone once it sends by it. */
export function LearnedSecret({ source }: { readonly source: SourceOut }) {
  const { CopyButton, may } = useHost()
  const show = useShowSecret(source.id)
  if (source.secrets === 0) return <p className="soft">{t('secret.notYet')}</p>
  const isDone = source.secretLearnedAt === null || (source.received?.verified ?? 0) > 0
  if (isDone || !may.manage) return null
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
