import { findQuarantined, findSource, inTransaction, markReleased } from '@posthorn/db'
import { answerHandshake, verify } from '@posthorn/providers'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { accept, type ReceiveContext, verifyInput } from './receive.ts'
import type { ReceivedHeaders } from './received-headers.ts'
import { toReceiving } from './receiving-source.ts'

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
  const source = row === null ? null : toReceiving(ctx, row)
  if (row === null || kept === null || source === null) throw new NotFoundError()
  if (kept.messageId !== null) return kept.messageId
  const { url, headers } = readRequest(ctx.vault.open(kept.request))
  const { method, path, address } = kept
  const request = { method, url, path, address, headers, body: Buffer.from(kept.body) }
  const atMs = kept.receivedAt.getTime()
  const input = verifyInput(ctx, source, { ...request, atMs })
  if ((await answerHandshake(source.provider, input)) !== undefined)
    throw new RefusedError('handshake', 'The request only asks whether this URL wants events.')
  const verdict = await verify(source.provider, input)
  if (verdict.outcome === 'refused')
    throw new RefusedError('still_refused', `The request is still refused: ${verdict.reason}.`)
  const accepted = await accept(ctx, { source, request, verdict, releasedId: id })
  if (accepted.kind === 'refused')
    throw new RefusedError('still_refused', `The request is still refused: ${accepted.detail}`)
  const { messageId } = accepted
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

// Written by this package alone, when the request came.
function readRequest(text: string) {
  return JSON.parse(text) as { readonly url: string; readonly headers: ReceivedHeaders }
}
