import { readApplicationLook } from '@posthorn/core/staff'
import { withinDeadline } from '@posthorn/runtime'
import type { ApiContext } from '../context.ts'
import { resolveTheme, textsOfTheme } from './resolve-theme.ts'

type LookContext = Pick<ApiContext, 'db' | 'pages' | 'events'>

/** How an application's portal is to look; null: as it does by itself, or there is no such application. */
export async function portalLook(
  ctx: Pick<LookContext, 'db' | 'pages'>,
  appId: string,
): Promise<Readonly<Record<string, string>> | null> {
  const look = await readApplicationLook(ctx, appId)
  if (look === null) return null
  const own = look.stored?.theme ?? {}
  const texts = textsOfTheme(resolveTheme(ctx.pages, { own, metadata: look.metadata }))
  return Object.keys(texts).length === 0 ? null : texts
}

const APP_ID = /^app_[0-9A-Za-z]{8,64}$/
const LONGEST_MS = 500

/** For the page itself, which comes without when the database doesn't answer. */
export async function lookForPage(
  ctx: LookContext,
  url: string,
): Promise<Readonly<Record<string, string>> | null> {
  const appId = new URLSearchParams(url.split('?')[1] ?? '').get('app') ?? ''
  if (!APP_ID.test(appId)) return null
  const look = portalLook(ctx, appId).catch((err: unknown) => {
    ctx.events.failed('read the look of a portal', err)
    return null
  })
  return withinDeadline(look, LONGEST_MS, null)
}
