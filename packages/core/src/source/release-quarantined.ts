import {
  findQuarantined,
  findSource,
  inTransaction,
  markReleased,
  type QuarantinedRow,
} from '@posthorn/db'
import { answerHandshake, verify } from '@posthorn/providers'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { FLOW_TYPE } from '../flow/flow-settings.ts'
import { releaseFlow } from '../flow/receive-flow.ts'
import { LOSANT_TYPE } from '../losant/losant-settings.ts'
import { releaseLosant } from '../losant/receive-losant.ts'
import { accept, type ReceiveContext, verifyInput } from './receive.ts'
import type { ReceivedHeaders } from './received-headers.ts'
import { openReceiving, type ReceivingSource } from './receiving-source.ts'
import type { ReleasedRequest } from './released-request.ts'
import { stillRefused } from './still-refused.ts'

interface Release {
  readonly source: string
  readonly id: string
}

/**
 * Judges a kept request once more, by the source's secrets of today and the time it came, and publishes it.
 * Released twice it is one message. Answers the message's id.
 *
 * @throws {RefusedError} `still_refused`, or `handshake` for what asks and tells nothing
 */
export async function releaseQuarantined(
  ctx: ReceiveContext,
  scope: SourceScope,
  { source: name, id }: Release,
): Promise<string> {
  const row = await findSource(ctx.db.prisma, scope, name)
  const kept = row === null ? null : await findQuarantined(ctx.db.prisma, { sourceId: row.id }, id)
  const source = row === null ? null : openReceiving(ctx, row)
  if (row === null || kept === null || source === null) throw new NotFoundError()
  if (kept.messageId !== null) return kept.messageId
  const messageId = await releaseOf(source.type)(ctx, source, readRequest(ctx, kept))
  await inTransaction(ctx.db, async (tx) => {
    if (await markReleased(tx, { sourceId: row.id }, { id, messageId }))
      await recordAudit(
        tx,
        { ...scope, appId: row.appId },
        { action: 'source.release', target: id },
      )
  })
  return messageId
}

function releaseOf(type: string) {
  if (type === LOSANT_TYPE) return releaseLosant
  return type === FLOW_TYPE ? releaseFlow : releaseOther
}

async function releaseOther(
  ctx: ReceiveContext,
  source: ReceivingSource,
  request: ReleasedRequest,
): Promise<string> {
  const input = verifyInput(ctx, source, request)
  if ((await answerHandshake(source.provider, input)) !== undefined)
    throw new RefusedError('handshake', 'The request only asks whether this URL wants events.')
  const verdict = await verify(source.provider, input)
  if (verdict.outcome === 'refused') throw stillRefused(`${verdict.reason}.`)
  const { releasedId } = request
  const accepted = await accept(ctx, { source, request, verdict, releasedId })
  if (accepted.kind === 'refused') throw stillRefused(accepted.detail)
  return accepted.messageId
}

function readRequest(ctx: ReceiveContext, kept: QuarantinedRow): ReleasedRequest {
  const { id: releasedId, method, address } = kept
  const { url, path = kept.path, headers } = readSealed(ctx.vault.open(kept.request))
  const atMs = kept.receivedAt.getTime()
  const body = Buffer.from(kept.body)
  return { releasedId, atMs, method, url, path, address, headers, body }
}

// Written by this package alone, when the request came.
function readSealed(text: string) {
  return JSON.parse(text) as Sealed
}

interface Sealed {
  readonly url: string
  /** With its query; absent: the kept one is all there is. */
  readonly path?: string
  readonly headers: ReceivedHeaders
}
