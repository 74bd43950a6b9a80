import { listEndpointSecrets, listEndpointsAt } from '@posthorn/db/staff'
import { parseVerifyingKey, type Verification, verifyWebhook } from '@posthorn/signing'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { fingerprintOf } from './secret-fingerprint.ts'

export interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly receivedAtMs: number
}

/** Whether a request verifies, and by which secret of which endpoint. */
export type ReceivedVerdict =
  | {
      readonly kind: 'current_secret' | 'former_secret'
      readonly endpointId: string
      /** The beginning of the secret's SHA-256. */
      readonly fingerprint: string
    }
  | { readonly kind: 'no_secret_fits' | 'missing_header' | 'bad_timestamp' | 'clock' }

interface KnownSecret {
  readonly endpointId: string
  readonly text: string
  readonly isCurrent: boolean
}

/** What came to a receiver at `url`, against every secret of the application's endpoints that lead there. */
export async function verifyReceived(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  scope: AppScope,
  { url, received }: { readonly url: string; readonly received: readonly ReceivedWebhook[] },
): Promise<{ readonly endpointIds: string[]; readonly verdicts: ReceivedVerdict[] }> {
  const endpointIds = await listEndpointsAt(ctx.db.prisma, scope, url)
  const rows = await listEndpointSecrets(ctx.db.prisma, endpointIds)
  const secrets = rows.map(({ endpointId, secret, expiresAt }) => ({
    endpointId,
    text: ctx.vault.open(secret),
    isCurrent: expiresAt === null,
  }))
  return { endpointIds, verdicts: received.map((webhook) => judge(webhook, secrets)) }
}

function judge(webhook: ReceivedWebhook, secrets: readonly KnownSecret[]): ReceivedVerdict {
  for (const { endpointId, text, isCurrent } of secrets) {
    const verification = verifyWith(webhook, [text])
    if (!verification.valid && verification.reason !== 'no_matching_signature') break
    if (verification.valid) {
      const kind = isCurrent ? 'current_secret' : 'former_secret'
      return { kind, endpointId, fingerprint: fingerprintOf(text) }
    }
  }
  return { kind: faultOf(verifyWith(webhook, [])) }
}

function verifyWith(webhook: ReceivedWebhook, secrets: readonly string[]): Verification {
  const { headers, body, receivedAtMs } = webhook
  const header = (name: string) => headers[`webhook-${name}`] ?? headers[`svix-${name}`]
  return verifyWebhook({
    id: header('id'),
    timestamp: header('timestamp'),
    signature: header('signature'),
    body,
    keys: secrets.map(parseVerifyingKey),
    nowSeconds: Math.floor(receivedAtMs / 1000),
  })
}

function faultOf(verification: Verification) {
  if (verification.valid || verification.reason === 'no_matching_signature') return 'no_secret_fits'
  const { reason } = verification
  return reason === 'too_old' || reason === 'too_new' ? 'clock' : reason
}
