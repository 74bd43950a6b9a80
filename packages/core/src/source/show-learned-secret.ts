import { findSource, inTransaction } from '@posthorn/db'
import { hasVerifiedRequest } from '@posthorn/db/ingest'
import type { SourceScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { openSource } from './source-view.ts'

const SHOWN_DAYS = 7
const DAY_MS = 86_400_000

/**
 * The secret that the provider brought, for whoever has to enter it there: within a week, and only until a
 * delivery proved that it is. Audited.
 *
 * @throws {RefusedError} `no_learned_secret`, or `secret_hidden`
 */
export async function showLearnedSecret(
  ctx: Pick<CoreContext, 'db' | 'vault' | 'clock'>,
  scope: SourceScope,
  idOrUid: string,
): Promise<string> {
  const source = await findSource(ctx.db.prisma, scope, idOrUid)
  if (source === null) throw new NotFoundError()
  const { id, appId, secrets, options } = openSource(ctx, source)
  const [secret] = secrets
  if (options.secretLearnedAt === null || secret === undefined)
    throw new RefusedError('no_learned_secret', 'The provider has not brought a secret.')
  const learnedAtMs = Date.parse(options.secretLearnedAt)
  const isOver = ctx.clock.nowMs() - learnedAtMs > SHOWN_DAYS * DAY_MS
  if (isOver || (await hasVerifiedRequest(ctx.db.hot, id, learnedAtMs))) throw hidden()
  const entry = { action: 'source.show_secret', target: id }
  await inTransaction(ctx.db, (tx) => recordAudit(tx, { ...scope, appId }, entry))
  return secret
}

function hidden(): RefusedError {
  return new RefusedError(
    'secret_hidden',
    `What the provider brought is shown for ${SHOWN_DAYS} days, until the first verified request.`,
  )
}
