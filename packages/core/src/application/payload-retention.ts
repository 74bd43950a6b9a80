import type { Database, Transaction } from '@posthorn/db'
import {
  type ApplicationRetention,
  findApplicationRetention,
  findInstallation,
} from '@posthorn/db/staff'
import type { AppScope } from '../actor.ts'
import { type DoneBy, tellDoneBy } from '../done-by.ts'

/**
 * How long payloads are kept. Whoever is closest to the message has the last word, within what holds for all:
 *
 * | who says it | what it holds for |
 * | --- | --- |
 * | the publish | this message: for less time than its application's others, or for more |
 * | the application | its messages whose publish says nothing, those included that are stored already |
 * | the installation: an owner's choice, else the environment, else 90 days | messages as a whole: no payload outlives its message |
 *
 * An organisation has none of its own: weeks of messages are dropped for all of them at once.
 */

const DAY_MS = 86_400_000

export interface PayloadRules {
  /** As the publish says; null: it says nothing. */
  readonly ownExpiryMs: number | null
  /** As the application says; null: it says nothing. */
  readonly applicationDays: number | null
  /** With its whole week. */
  readonly messageDropsAtMs: number
}

/** When the payload of a message of that time goes. */
export function payloadGoesAtMs(publishedAtMs: number, rules: PayloadRules): number {
  const { ownExpiryMs, applicationDays, messageDropsAtMs } = rules
  const byApplicationMs =
    applicationDays === null ? messageDropsAtMs : publishedAtMs + applicationDays * DAY_MS
  return Math.min(ownExpiryMs ?? byApplicationMs, messageDropsAtMs)
}

/** In force: an application's days are at most the installation's when chosen, but those may be lowered later. */
export function daysInForce(applicationDays: number | null, installationDays: number): number {
  return Math.min(applicationDays ?? installationDays, installationDays)
}

export interface RulesOfApplication {
  /** Null: nobody chose any for this application. */
  readonly own: ApplicationRetention | null
  /** How long messages are kept, and with them the payloads of applications that say nothing. */
  readonly installationDays: number
  /** Whether owners chose those in the console. */
  readonly isInstallationChosen: boolean
}

export async function findRulesOfApplication(
  { environmentDays }: { readonly environmentDays: number },
  db: Transaction,
  scope: AppScope,
): Promise<RulesOfApplication> {
  const chosenDays = (await findInstallation(db))?.retentionDays ?? null
  return {
    own: await findApplicationRetention(db, scope),
    installationDays: chosenDays ?? environmentDays,
    isInstallationChosen: chosenDays !== null,
  }
}

export interface PayloadRetention extends Omit<RulesOfApplication, 'own'> {
  readonly days: number
  readonly applicationDays: number | null
  readonly changedAt: Date | null
  readonly by: DoneBy | null
}

export async function readPayloadRetention(
  ctx: { readonly db: Database; readonly environmentDays: number },
  scope: AppScope,
): Promise<PayloadRetention> {
  const { own, ...installation } = await findRulesOfApplication(ctx, ctx.db.prisma, scope)
  const applicationDays = own?.payloadDays ?? null
  return {
    ...installation,
    days: daysInForce(applicationDays, installation.installationDays),
    applicationDays,
    changedAt: own?.changedAt ?? null,
    by: await tellDoneBy(ctx, scope, own?.changedBy ?? null),
  }
}
