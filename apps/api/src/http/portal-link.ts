import type { ApiContext } from '../context.ts'
import { portalLook } from '../portal-theme/portal-look.ts'

interface PortalToken {
  readonly origin: string
  readonly appId: string
  readonly token: string
}

/**
 * The token stands after `#`, where no log sees it. The application is named before it only if its portal has a
 * look of its own: the page that is asked for then brings that along.
 */
export async function portalLink(
  ctx: Pick<ApiContext, 'db' | 'pages' | 'publicUrl'>,
  { origin, appId, token }: PortalToken,
): Promise<string> {
  const key = Buffer.from(JSON.stringify({ appId, token })).toString('base64')
  const look = await portalLook(ctx, appId)
  return `${ctx.pages.portalOrigin ?? ctx.publicUrl ?? origin}/login${look === null ? '' : `?app=${appId}`}#key=${key}`
}
