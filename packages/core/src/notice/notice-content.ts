import { findLastFailures, type LastFailure } from '@posthorn/db/notice'
import { idTimeMs } from '@posthorn/runtime'
import { type Notice, NOTICES, type Trouble } from './notice-kind.ts'

/**
 * Why the newest attempt failed: what we know by ourselves, and hosts. No other text of the receiver's, and no URL: what
 * comes after its host may be secret.
 */
export type NoticedCause = {
  readonly code: string
  readonly at: string | null
  readonly host: string | null
  readonly port: string
  /** 0: there was no answer. */
  readonly status: number
  readonly durationMs: number
  /** The host that it redirects to. */
  readonly location: string | null
}

export type NoticedTrouble = {
  readonly endpointId: string
  readonly notice: Notice
  readonly host: string | null
  readonly description: string
  readonly failingSince: string | null
  readonly disabledAt: string | null
  readonly disablesAt: string | null
  readonly cause: NoticedCause | null
}

/** What a mail tells: fixed when it is written, however late it is sent. */
export type NoticeContent = {
  /** The worst first, as many as a mail can be read with. */
  readonly troubles: readonly NoticedTrouble[]
  /** Of all that it is about. */
  readonly counts: { readonly [notice in Notice]: number }
}

const SHOWN = 20

export async function noticeContent(
  db: Parameters<typeof findLastFailures>[0],
  news: readonly Trouble[],
): Promise<NoticeContent> {
  const rank = ({ notice }: Trouble) => NOTICES.indexOf(notice)
  const shown = news.toSorted((a, b) => rank(b) - rank(a)).slice(0, SHOWN)
  const ids = shown.map(({ endpointId }) => endpointId)
  const failures = await findLastFailures(db, ids)
  const byEndpoint = new Map(failures.map((failure) => [failure.endpointId, failure]))
  const countOf = (notice: Notice) => news.filter((one) => one.notice === notice).length
  return {
    troubles: shown.map((trouble) => noticed(trouble, byEndpoint.get(trouble.endpointId))),
    counts: {
      failing: countOf('failing'),
      disabled_soon: countOf('disabled_soon'),
      disabled: countOf('disabled'),
    },
  }
}

function noticed(trouble: Trouble, failure: LastFailure | undefined): NoticedTrouble {
  const { endpointId, notice, host, description } = trouble
  return {
    endpointId,
    notice,
    host,
    description,
    failingSince: trouble.failingSince?.toISOString() ?? null,
    disabledAt: trouble.disabledAt?.toISOString() ?? null,
    disablesAt: trouble.disablesAt?.toISOString() ?? null,
    cause: failure === undefined ? null : causeOf(failure),
  }
}

function causeOf(failure: LastFailure): NoticedCause {
  const { hostname = '', port = '', protocol } = URL.parse(failure.url) ?? {}
  const standard = protocol === 'http:' ? '80' : '443'
  const atMs = idTimeMs('atmpt_', failure.attemptId)
  return {
    code: failure.code ?? '',
    at: atMs === null ? null : new Date(atMs).toISOString(),
    host: hostname === '' ? null : hostname,
    port: port === '' ? standard : port,
    status: failure.responseStatus,
    durationMs: failure.durationMs,
    location: redirectHost(failure),
  }
}

function redirectHost({ params, url }: LastFailure): string | null {
  const location: unknown = Object(params).location
  const target = typeof location === 'string' ? URL.parse(location, url) : null
  return target === null || target.hostname === '' ? null : target.hostname
}

// Sound because nothing but `noticeContent` makes what the column holds.
export function readNoticeContent(stored: unknown): NoticeContent {
  return stored as NoticeContent
}
