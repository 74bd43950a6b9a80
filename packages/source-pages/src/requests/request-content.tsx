import { isNotFound, memberText } from '@posthorn/client'
import type { SourceRequestOut } from '@posthorn/contracts/ingest'
import { Button, CodeBlock } from '@posthorn/ui'
import { useDownloadOriginal } from '../api/source-actions.ts'
import { type MessageOf, useMessageText, useQuarantinedRequest } from '../api/source-queries.ts'
import { Failure } from '../parts/failure.tsx'
import { Headers } from '../parts/headers.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

export interface RequestContentProps {
  readonly sourceId: string
  readonly request: SourceRequestOut
  /** Where its message is; null while that isn't known. */
  readonly appId: string | null
}

/** What came, as far as it is kept: strangers' bytes, as text. */
export function RequestContent({ sourceId, request, appId }: RequestContentProps) {
  const { id, outcome, messageId, headers } = request
  return (
    <section className="card stack stack-small" aria-label={t('request.content')}>
      <h2>{t('request.content')}</h2>
      {outcome === 'quarantined' && <KeptBody sourceId={sourceId} id={id} />}
      {messageId !== null && appId !== null && <MessageBody appId={appId} messageId={messageId} />}
      {(outcome === 'accepted' || outcome === 'quarantined') && (
        <DownloadOriginal sourceId={sourceId} id={id} />
      )}
      <Headers headers={headers} />
      <p className="small soft">{t('request.headers.text')}</p>
    </section>
  )
}

function DownloadOriginal({ sourceId, id }: { readonly sourceId: string; readonly id: string }) {
  const download = useDownloadOriginal(sourceId, id)
  return (
    <div className="stack stack-small">
      <div>
        <Button disabled={download.isPending} onClick={() => download.mutate()}>
          {t('request.original')}
        </Button>
      </div>
      <Failure error={download.error} />
    </div>
  )
}

function KeptBody({ sourceId, id }: { readonly sourceId: string; readonly id: string }) {
  const { QueryView } = useHost()
  const query = useQuarantinedRequest(sourceId, id)
  if (isNotFound(query.error)) return null
  return (
    <QueryView query={query} rows={2}>
      {({ body, bodyBase64 }) =>
        body === null ? (
          <CodeBlock label={t('request.bodyBase64')} text={bodyBase64 ?? ''} />
        ) : (
          <CodeBlock label={t('request.body')} text={body} />
        )
      }
    </QueryView>
  )
}

function MessageBody(of: MessageOf) {
  const { QueryView } = useHost()
  const query = useMessageText(of)
  return (
    <QueryView query={query} rows={2}>
      {(text) => <CodeBlock label={t('request.body')} text={bodyOf(text)} />}
    </QueryView>
  )
}

/** As it was stored, byte for byte. */
function bodyOf(messageText: string): string {
  const { payloadText, payloadBase64 }: Record<string, unknown> = Object(JSON.parse(messageText))
  if (typeof payloadText === 'string') return payloadText
  if (typeof payloadBase64 === 'string') return payloadBase64
  return memberText(messageText, 'payload') ?? ''
}
