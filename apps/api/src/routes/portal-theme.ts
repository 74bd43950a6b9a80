import {
  ApplicationThemeOut,
  givenTexts,
  PortalThemeIn,
  PortalThemeOut,
} from '@posthorn/contracts/portal-theme'
import { InvalidInputError, NotFoundError, type OrgScope } from '@posthorn/core'
import { changePortalTheme, readApplicationLook, readPortalTheme } from '@posthorn/core/staff'
import type { ApiContext } from '../context.ts'
import {
  metadataFaults,
  resolveTheme,
  STRANGE_IMAGE,
  strangeImages,
} from '../portal-theme/resolve-theme.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const ADMINISTRATION = { of: 'administration' } as const
const tags = ['Portal theme']
const PATH = '/api/v1/organisation/portal-theme'

const get = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.portal-theme.get',
  summary: 'How the portals of the organisation look, and where each value comes from',
  tags,
  access: ADMINISTRATION,
  response: { 200: PortalThemeOut },
  handle: async (ctx, { scope }) => ok(await presentTheme(ctx, scope)),
})

const change = endpointRoute({
  method: 'put',
  path: PATH,
  operationId: 'v1.portal-theme.change',
  summary: 'Change how the portals of the organisation look',
  tags,
  access: ADMINISTRATION,
  body: PortalThemeIn,
  response: { 200: PortalThemeOut },
  handle: async (ctx, { scope, body }) => {
    const theme = givenTexts(body)
    const strange = strangeImages(ctx.pages, theme)
    if (strange.length > 0)
      throw new InvalidInputError(
        strange.map((name) => ({ path: ['body', name], message: STRANGE_IMAGE })),
      )
    await changePortalTheme(ctx, scope, theme)
    return ok(await presentTheme(ctx, scope))
  },
})

const ofApplication = endpointRoute({
  method: 'get',
  path: '/api/v1/app/:appId/portal-theme',
  operationId: 'v1.portal-theme.of-application',
  summary: "How an application's portal looks, by its metadata and its organisation",
  tags,
  access: { of: 'application', capability: 'ViewBase' },
  response: { 200: ApplicationThemeOut },
  handle: async (ctx, { scope }) => {
    const look = await readApplicationLook(ctx, scope.appId)
    if (look === null) throw new NotFoundError()
    const { metadata } = look
    const values = resolveTheme(ctx.pages, { own: look.stored?.theme ?? {}, metadata })
    return ok({ values, faults: metadataFaults(ctx.pages, metadata) })
  },
})

async function presentTheme(ctx: ApiContext, scope: OrgScope): Promise<PortalThemeOut> {
  const stored = await readPortalTheme(ctx, scope)
  return {
    inherited: resolveTheme(ctx.pages, { own: {}, metadata: {} }),
    values: resolveTheme(ctx.pages, { own: stored?.theme ?? {}, metadata: {} }),
    changedBy: stored?.changedBy ?? null,
    changedAt: stored?.changedAt.toISOString() ?? null,
    imageOrigins: [...ctx.pages.imageOrigins],
  }
}

export const portalThemeRoutes = [get, change, ofApplication] as const
