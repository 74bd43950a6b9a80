import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { deleteSource } from '../source/delete-source.ts'
import { patchSource, type SourcePatch } from '../source/update-source.ts'
import { newFlowToken } from './create-flow.ts'
import { type FlowSettings, toConfig } from './flow-settings.ts'
import { type FlowView, viewFlow } from './flow-view.ts'
import { getFlow } from './get-flow.ts'

export interface FlowPatch {
  readonly name?: string
  readonly uid?: string | null
  readonly tokenRequired?: boolean
  readonly settings: Partial<FlowSettings>
}

/** Absent fields stay. */
export async function patchFlow(
  ctx: CoreContext,
  scope: OrgScope,
  { idOrUid, fields }: { readonly idOrUid: string; readonly fields: FlowPatch },
): Promise<FlowView> {
  const before = await getFlow(ctx, scope, idOrUid)
  const { settings, tokenRequired, ...named } = fields
  const patch: SourcePatch = {
    ...named,
    config: toConfig({ ...settingsOf(before), ...settings }),
    ...(tokenRequired !== undefined && { options: { noVerification: !tokenRequired } }),
  }
  return viewFlow(await patchSource(ctx, scope, { idOrUid: before.id, fields: patch }))
}

function settingsOf(flow: FlowView): FlowSettings {
  const { status, refId, mode, statusTemplate, valueTemplate, resultEndpointId } = flow
  return { status, refId, mode, statusTemplate, valueTemplate, resultEndpointId }
}

/** Answers the new token; the one before ends at once. */
export async function rotateFlowToken(
  ctx: CoreContext,
  scope: OrgScope,
  idOrUid: string,
): Promise<string> {
  const { id } = await getFlow(ctx, scope, idOrUid)
  const token = newFlowToken()
  await patchSource(ctx, scope, { idOrUid: id, fields: { secrets: [token] } })
  return token
}

export async function deleteFlow(
  ctx: CoreContext,
  scope: OrgScope,
  idOrUid: string,
): Promise<void> {
  const { id } = await getFlow(ctx, scope, idOrUid)
  await deleteSource(ctx, scope, id)
}
