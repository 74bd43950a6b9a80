import type {
  BoardEndpointOut,
  HealthBoardOut,
  OrganisationMessageList,
  QueueHealthOut,
  RecoverManyEstimateOut,
  SearchOut,
} from '@posthorn/contracts'
import type { BoardEndpoint, Found, HealthBoard, OrganisationMessage } from '@posthorn/core'
import type { QueueReport, RecoverManyEstimate } from '@posthorn/core/support'
import { idTimeMs } from '@posthorn/runtime'

export function presentFound({ messages, applications, endpoints, attempts }: Found): SearchOut {
  return {
    messages: messages.map((message) => ({ ...message, timestamp: timestampOf(message.id) })),
    applications: [...applications],
    endpoints: [...endpoints],
    attempts: attempts.map(({ responseStatus, ...attempt }) => ({
      ...attempt,
      responseStatusCode: responseStatus,
      timestamp: timestampOf(attempt.id),
    })),
  }
}

export function presentOrganisationMessage(
  message: OrganisationMessage,
): OrganisationMessageList['data'][number] {
  const { pending, delivered, failed, canceled, unmatched, ...named } = message
  return {
    ...named,
    timestamp: timestampOf(message.id),
    unmatched: toUnmatched(unmatched),
    deliveries: { pending, delivered, failed, canceled },
  }
}

type UnmatchedOut = OrganisationMessageList['data'][number]['unmatched']

// A publish wrote one of them, and nothing else does.
function toUnmatched(stored: string | null): UnmatchedOut {
  return stored as UnmatchedOut
}

export function presentBoard(board: HealthBoard): HealthBoardOut {
  return {
    failing: board.failing.map(presentBoardEndpoint),
    limited: board.limited.map(presentBoardEndpoint),
    slow: board.slow.map(presentBoardEndpoint),
    disabled: board.disabled.map(presentBoardEndpoint),
  }
}

export function presentBoardEndpoint(one: BoardEndpoint): BoardEndpointOut {
  const { endpoint, state, last } = one
  return {
    endpointId: endpoint.id,
    appId: endpoint.appId,
    appName: one.appName,
    appUid: one.appUid,
    url: endpoint.url,
    host: endpoint.host,
    health: state.health,
    failingSince: textOf(state.failingSince),
    failureCount: one.failureCount,
    breakerOpenedAt: textOf(state.breakerOpenedAt),
    disablesAt: textOf(one.disablesAt),
    disabledAt: textOf(endpoint.disabledAt),
    disabledBy: endpoint.disabledBy,
    waiting: state.waiting,
    waitingCapped: state.waitingCapped,
    rate: one.rate,
    drainSeconds: one.drainSeconds,
    p95Ms: one.p95Ms,
    lastAttempt:
      last === null
        ? null
        : { id: last.attemptId, code: last.code, responseStatusCode: last.responseStatus },
  }
}

export function presentRecoverEstimate(estimate: RecoverManyEstimate): RecoverManyEstimateOut {
  const { since, until, perEndpoint, ...counts } = estimate
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    ...counts,
    perEndpoint: [...perEndpoint],
  }
}

export function presentQueue(report: QueueReport): QueueHealthOut {
  const { asOf, oldestDueAt, workers, traffic, leader, lastSweepAt, rescued, stores, ...counts } =
    report
  return {
    asOf: asOf.toISOString(),
    oldestDueAt: textOf(oldestDueAt),
    lagSeconds: lagSeconds(report),
    rescued: { ...rescued, lastAt: textOf(rescued.lastAt) },
    ...counts,
    leader,
    lastSweepAt: textOf(lastSweepAt),
    stores: [...stores],
    workers: workers.map((worker) => ({
      ...worker,
      seenAt: worker.seenAt.toISOString(),
      isLeader: worker.id === leader,
    })),
    traffic: traffic.map((minute) => ({ ...minute, startsAt: minute.startsAt.toISOString() })),
  }
}

export function lagSeconds({
  asOf,
  oldestDueAt,
}: Pick<QueueReport, 'asOf' | 'oldestDueAt'>): number {
  return oldestDueAt === null ? 0 : Math.max(0, asOf.getTime() - oldestDueAt.getTime()) / 1000
}

export function textOf(moment: Date | null): string | null {
  return moment?.toISOString() ?? null
}

function timestampOf(messageId: string): string {
  return new Date(idTimeMs('msg_', messageId) ?? 0).toISOString()
}
