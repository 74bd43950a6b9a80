import { loadMessages, type MessageRow } from '@posthorn/db'
import { listEndpointSecrets } from '@posthorn/db/staff'
import { isId } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import { fingerprintOf } from '../endpoint/secret-fingerprint.ts'
import { judgeSignature, type SignatureParts, type SignatureVerdict } from './judge-signature.ts'

export interface SignatureCheck {
  readonly verdict: SignatureVerdict
  readonly secrets: readonly SigningSecret[]
  /** By our clock; positive: it lies in the past. Null: there is no telling. */
  readonly ageSeconds: number | null
}

interface SigningSecret {
  readonly fingerprint: string
  /** Null: the current one. */
  readonly expiresAt: Date | null
}

/** Which secret of an endpoint made a signature, or what is wrong with it. No secret leaves, and nothing is kept. */
export async function checkSignature(
  ctx: Pick<CoreContext, 'db' | 'vault' | 'clock'>,
  scope: AppScope,
  { idOrUid, parts }: { readonly idOrUid: string; readonly parts: SignatureParts },
): Promise<SignatureCheck> {
  const { id } = await getEndpointRow(ctx, scope, idOrUid)
  const nowMs = ctx.clock.nowMs()
  const rows = await listEndpointSecrets(ctx.db.prisma, [id])
  const secrets = rows.map(({ secret, expiresAt }) => ({
    text: ctx.vault.open(secret),
    expiresAt,
    isLive: expiresAt === null || expiresAt.getTime() > nowMs,
  }))
  const sent = await bodySent(ctx, scope, parts.id)
  const judged = judgeSignature({ parts, secrets, sent })
  return {
    verdict: judged.verdict,
    secrets: judged.secrets.map(({ text, expiresAt }) => ({
      fingerprint: fingerprintOf(text),
      expiresAt,
    })),
    ageSeconds:
      judged.verdict === 'bad_timestamp'
        ? null
        : Math.floor(nowMs / 1000) - Number(parts.timestamp),
  }
}

async function bodySent(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  messageId: string,
): Promise<Buffer | string | null> {
  if (!isId('msg_', messageId)) return null
  const [message] = await loadMessages(ctx.db, scope, { ids: [messageId], withContent: true })
  return message === undefined ? null : bodyOf(message)
}

function bodyOf({ payload, payloadForm }: MessageRow): Buffer | string | null {
  return payload !== null && payloadForm === 'base64' ? Buffer.from(payload, 'base64') : payload
}
