import { readApplicationLook } from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import { resolveTheme, textsOfTheme } from './resolve-theme.ts'

/** How an application's portal is to look; null: as it does by itself, or there is no such application. */
export async function portalLook(
  ctx: Pick<ApiContext, 'db' | 'pages'>,
  appId: string,
): Promise<Readonly<Record<string, string>> | null> {
  const look = await readApplicationLook(ctx, appId)
  if (look === null) return null
  const own = look.stored?.theme ?? {}
  const texts = textsOfTheme(resolveTheme(ctx.pages, { own, metadata: look.metadata }))
  return Object.keys(texts).length === 0 ? null : texts
}
