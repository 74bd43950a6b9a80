import { createHash } from 'node:crypto'
import { type Database, inTransaction } from '@posthorn/db'
import {
  findPortalTheme,
  findThemedApplication,
  lockPortalTheme,
  savePortalTheme,
} from '@posthorn/db/staff'
import type { Clock } from '@posthorn/runtime'
import { actorText, type OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'

type Context = { readonly db: Database }
type Theme = Readonly<Record<string, string>>

interface StoredTheme {
  readonly theme: Theme
  readonly changedBy: string
  readonly changedAt: Date
}

/** What the organisation chose; null: nothing. */
export async function readPortalTheme(
  ctx: Context,
  scope: { readonly orgId: string },
): Promise<StoredTheme | null> {
  const row = await findPortalTheme(ctx.db.prisma, scope)
  if (row === null) return null
  return { theme: textsOf(row.theme), changedBy: row.changedBy, changedAt: row.changedAt }
}

interface ApplicationLook {
  readonly stored: StoredTheme | null
  readonly metadata: Theme
}

/** What the page of an application's portal takes its look from; null: there is no such application. */
export async function readApplicationLook(
  ctx: Context,
  appId: string,
): Promise<ApplicationLook | null> {
  const application = await findThemedApplication(ctx.db.prisma, appId)
  if (application === null) return null
  const stored = await readPortalTheme(ctx, application)
  return { stored, metadata: textsOf(application.metadata) }
}

/** As a whole: what `theme` doesn't name is chosen no more. */
export async function changePortalTheme(
  ctx: Context & { readonly clock: Clock },
  scope: OrgScope,
  theme: Theme,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await lockPortalTheme(tx, scope)
    const before = textsOf((await findPortalTheme(tx, scope))?.theme)
    const none = Object.fromEntries(Object.keys(before).map((name) => [name, null]))
    const changes = diffChanges(told(before), { ...none, ...told(theme) })
    if (Object.keys(changes).length === 0) return
    const changedAt = new Date(ctx.clock.nowMs())
    await savePortalTheme(tx, scope, { theme, changedBy: actorText(scope.actor), changedAt })
    const entry = { action: 'organisation.portal_theme', target: scope.orgId, changes }
    await recordAudit(tx, scope, entry)
  })
}

const SHOWN_DIGITS = 12

/** An image within is told by its size and digest: the record is no place for pictures. */
function told(theme: Theme): Theme {
  const entries = Object.entries(theme).map(([name, value]) => {
    if (!value.startsWith('data:')) return [name, value]
    const digest = createHash('sha256').update(value).digest('hex').slice(0, SHOWN_DIGITS)
    return [name, `${value.slice(0, value.search(/[;,]/))}, ${value.length} characters, ${digest}`]
  })
  return Object.fromEntries(entries)
}

function textsOf(json: unknown): Theme {
  const members: [string, unknown][] = Object.entries(Object(json))
  const texts = members.flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return Object.fromEntries(texts)
}
