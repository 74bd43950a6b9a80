import type { SourceOut, SourceRequestOut } from '@posthorn/contracts/ingest'
import { Copyable, TimeAndUtc, VisibleText } from '@posthorn/ui'
import { useSource, useSourceRequest } from '../api/source-queries.ts'
import { OutcomeBadge, Reason } from '../parts/outcome.tsx'
import { SourceBadges } from '../parts/unverified.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { QuarantinedRequest } from './quarantined-request.tsx'
import { RequestContent } from './request-content.tsx'
import { Triggered } from './triggered.tsx'

export interface RequestDetailProps {
  readonly sourceId: string
  readonly id: string
}

/** One request that came: what it said, what it came to, and what it set off. */
export function RequestDetail({ sourceId, id }: RequestDetailProps) {
  const { QueryView, Link } = useHost()
  const request = useSourceRequest(sourceId, id)
  const source = useSource(sourceId)
  return (
    <div className="stack">
      <p>
        <Link to={`/sources/${sourceId}?tab=requests`}>
          {source.data === undefined ? t('source') : <VisibleText text={source.data.name} />}
        </Link>
      </p>
      <h1>{t('request')}</h1>
      <QueryView query={request}>
        {(found) => (
          <>
            <Facts request={found} source={source.data} />
            {found.outcome === 'quarantined' && <QuarantinedRequest sourceId={sourceId} id={id} />}
            {found.messageId !== null && source.data !== undefined && (
              <Triggered appId={source.data.appId} messageId={found.messageId} />
            )}
            <RequestContent
              sourceId={sourceId}
              request={found}
              appId={source.data?.appId ?? null}
            />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface FactsProps {
  readonly request: SourceRequestOut
  readonly source: SourceOut | undefined
}

function Facts({ request, source }: FactsProps) {
  const { outcome, reason, detail, method, path, address, contentType, bodyBytes } = request
  return (
    <header className="stack stack-small">
      <div className="row">
        <OutcomeBadge outcome={outcome} />
        {source !== undefined && <SourceBadges source={source} />}
      </div>
      <Reason reason={reason} detail={detail} />
      <dl className="facts">
        <dt>{t('log.column.request')}</dt>
        <dd className="mono">
          {method} <VisibleText text={path} />
        </dd>
        <dt>{t('log.column.at')}</dt>
        <dd>
          <TimeAndUtc at={request.timestamp} />
        </dd>
        <dt>{t('log.column.from')}</dt>
        <dd>
          <Copyable what={t('log.column.from')} text={address} />
        </dd>
        <dt>{t('request.contentType')}</dt>
        <dd className="mono">{contentType === null ? '–' : <VisibleText text={contentType} />}</dd>
        <dt>{t('request.body')}</dt>
        <dd>{t('request.bytes', { n: bodyBytes })}</dd>
        <dt>{t('id')}</dt>
        <dd>
          <Copyable what={t('id')} text={request.id} />
        </dd>
      </dl>
    </header>
  )
}
