import type { AlertCondition } from '@posthorn/db/alert'
import type { CoreContext } from '../context.ts'
import { chooseSecret } from '../endpoint/endpoint-secret.ts'
import { InvalidInputError } from '../errors.ts'
import type { AlertTarget } from './alert-target.ts'

export interface AlertContext extends CoreContext {
  /** Whether this installation sends e-mail. */
  readonly canMail: boolean
}

export type AlertTargetInput =
  | { readonly kind: 'email'; readonly addresses: readonly string[] }
  | { readonly kind: 'slack'; readonly url: string; readonly authorization?: string }
  | {
      readonly kind: 'webhook'
      readonly url: string
      readonly authorization?: string
      /** Absent: the one it has, or a generated one. */
      readonly secret?: string | undefined
    }

export interface AlertRuleInput {
  readonly name: string
  readonly condition: AlertCondition
  readonly threshold: number
  readonly windowSeconds: number
  readonly reminderSeconds: number | null
  readonly target: AlertTargetInput
}

/** @throws {InvalidInputError} for an e-mail target of an installation that sends none */
export function requireMail({ canMail }: Pick<AlertContext, 'canMail'>, kind: string): void {
  if (kind !== 'email' || canMail) return
  const message =
    'E-mail is not set up here: it needs POSTHORN_SMTP_URL and POSTHORN_SMTP_FROM. Slack and webhooks work without.'
  throw new InvalidInputError([{ path: ['body', 'target'], message, type: 'smtp_not_configured' }])
}

export function chooseTarget(
  ctx: AlertContext,
  given: AlertTargetInput,
  old: AlertTarget | null,
): AlertTarget {
  requireMail(ctx, given.kind)
  if (given.kind !== 'webhook') return given
  const { secret: asked, ...rest } = given
  const kept = old?.kind === 'webhook' ? old.secret : null
  return { ...rest, secret: chooseSecret(asked ?? kept, ['body', 'target', 'secret']) }
}
