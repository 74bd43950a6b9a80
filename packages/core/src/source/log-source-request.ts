import type { NewQuarantined, NewSourceRequest, SourceOutcome } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import type { ReceiveContext, IncomingRequest } from './receive.ts'
import { keptHeaders } from './received-headers.ts'
import { keptPath } from './received-path.ts'
import type { ReceivingSource } from './receiving-source.ts'

export interface Judged {
  readonly source: Pick<ReceivingSource, 'id' | 'provider' | 'config' | 'options'>
  readonly request: IncomingRequest
}

type LogContext = Pick<ReceiveContext, 'clock' | 'vault' | 'requestLog'>

interface Logging extends Judged {
  readonly outcome: SourceOutcome
  readonly reason?: string
  readonly detail?: string
  readonly messageId?: string
  readonly eventType?: string
  /** Who sent it may be kept waiting until more are written. */
  readonly isPatient?: boolean
}

/** Records a request that became no message of its own. */
export async function logSourceRequest(ctx: LogContext, logging: Logging): Promise<void> {
  const { source, request, outcome, reason = null, detail = null, messageId, eventType } = logging
  const id = newId('srcreq_', ctx.clock.nowMs())
  const described = describeRequest({ source, request })
  const record = {
    ...described,
    id,
    outcome,
    reason,
    detail,
    messageId: messageId ?? null,
    eventType: eventType ?? null,
    contentType: request.headers['content-type']?.[0]?.slice(0, 255) ?? null,
  }
  const quarantined = outcome === 'quarantined' ? keptWhole(ctx, { source, request }, record) : null
  await ctx.requestLog.add({ record, quarantined }, logging.isPatient)
}

function keptWhole(
  ctx: LogContext,
  { source: { options }, request: { url, path: wholePath, headers, body } }: Judged,
  { id, sourceId, method, path, address, reason, detail }: NewSourceRequest,
): NewQuarantined {
  return {
    id,
    sourceId,
    method,
    path,
    address,
    reason: reason ?? '',
    detail: detail ?? '',
    request: ctx.vault.seal(JSON.stringify({ url, path: wholePath, headers })),
    body,
    receivedAtMs: ctx.clock.nowMs(),
    keptDays: options.quarantineDays,
    keptRequests: options.quarantineRequests,
  }
}

export function describeRequest({ source, request }: Judged) {
  const { method, path, address, body, headers } = request
  return {
    sourceId: source.id,
    method,
    path: keptPath(path),
    address,
    bodyBytes: body.byteLength,
    headers: keptHeaders(source, headers),
  }
}
