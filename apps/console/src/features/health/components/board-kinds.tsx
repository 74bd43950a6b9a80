import type { BoardEndpointOut, HealthBoardOut } from '@posthorn/contracts'
import { Badge, cappedText } from '@posthorn/ui'
import { disablerText } from '../../../components/disabler-text.ts'
import { FullTime, Time } from '../../../components/time.tsx'
import { formatCount, formatSeconds } from '../../../lib/format-figure.ts'
import { t } from '../../../lib/text.ts'
import { Cause } from './cause.tsx'
import type { Column } from './trouble-table.tsx'

/** Worst first. */
export const KINDS = ['soon', 'failing', 'limited', 'disabled', 'slow'] as const
export type Kind = (typeof KINDS)[number]

export function isKind(text: string | null): text is Kind {
  return KINDS.some((kind) => kind === text)
}

/** One that is about to be disabled fails, too; it is shown where it is worse. */
export function rowsOf(board: HealthBoardOut, kind: Kind): readonly BoardEndpointOut[] {
  if (kind === 'soon') return board.failing.filter(isSoon)
  if (kind === 'failing') return board.failing.filter((endpoint) => !isSoon(endpoint))
  return board[kind]
}

function isSoon({ health }: BoardEndpointOut): boolean {
  return health === 'disabled_soon'
}

export function columnsOf(kind: Kind): readonly Column[] {
  return COLUMNS[kind]()
}

const cause = (): Column => ({
  title: t('health.cause'),
  cell: ({ lastAttempt, host }) => <Cause code={lastAttempt?.code ?? null} host={host} />,
})

const ownCause = (): Column => ({
  title: t('health.cause'),
  cell: ({ lastAttempt }) => <Cause code={lastAttempt?.code ?? null} />,
})

const since = (): Column => ({
  title: t('health.since'),
  cell: ({ failingSince, failureCount }) => (
    <>
      <div>{failingSince === null ? '–' : <Time at={failingSince} />}</div>
      <div className="small soft">{t('health.failures', { n: failureCount })}</div>
    </>
  ),
})

const held = (): Column => ({
  title: t('health.held'),
  cell: (endpoint) => (
    <>
      <div>{waitingText(endpoint)}</div>
      {endpoint.breakerOpenedAt !== null && <Badge tone="warn">{t('health.probes')}</Badge>}
    </>
  ),
})

const disablesAt = (): Column => ({
  title: t('health.disablesAt'),
  cell: ({ disablesAt: at }) =>
    at === null ? (
      '–'
    ) : (
      <>
        <div>
          <Time at={at} />
        </div>
        <div className="small soft">
          <FullTime at={at} />
        </div>
      </>
    ),
})

/** Of one outage: its rows lead to no other. */
export function outageColumns(): readonly Column[] {
  return [ownCause(), since(), held()]
}

const COLUMNS: Readonly<Record<Kind, () => readonly Column[]>> = {
  soon: () => [disablesAt(), cause(), since(), held()],
  failing: () => [cause(), since(), held()],
  limited: () => [
    {
      title: t('health.rate'),
      cell: ({ rate }) => (rate === null ? '–' : t('health.perSecond', { n: formatCount(rate) })),
    },
    { title: t('health.backlog'), cell: waitingText },
    {
      title: t('health.drain'),
      cell: ({ drainSeconds, waitingCapped }) =>
        drainSeconds === null ? '–' : `${waitingCapped ? '> ' : ''}${formatSeconds(drainSeconds)}`,
    },
  ],
  disabled: () => [
    {
      title: t('health.disabledAt'),
      cell: ({ disabledAt }) => (disabledAt === null ? '–' : <Time at={disabledAt} />),
    },
    { title: t('health.disabledBy'), cell: ({ disabledBy }) => disablerText(disabledBy) },
    cause(),
  ],
  slow: () => [
    {
      title: t('health.p95'),
      cell: ({ p95Ms }) => (p95Ms === null ? '–' : formatSeconds(p95Ms / 1000)),
    },
    {
      title: t('health.lastAnswer'),
      cell: ({ lastAttempt }) => lastAttempt?.responseStatusCode ?? '–',
    },
  ],
}

function waitingText({ waiting, waitingCapped }: BoardEndpointOut): string {
  return cappedText(waiting, waitingCapped)
}
