import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { createSource } from '../source/create-source.ts'
import { deleteSource } from '../source/delete-source.ts'
import { DEFAULT_OPTIONS } from '../source/source-view.ts'
import { deleteSourceWithTriggered } from '../source/triggered-endpoints.ts'
import { patchSource } from '../source/update-source.ts'
import { findWebhookSource, type LosantWebhook, viewWebhook } from './get-webhook.ts'
import {
  DEFAULT_LOSANT,
  LOSANT_TYPE,
  type LosantSettings,
  toLosantConfig,
} from './losant-settings.ts'

export interface WebhookFields extends Partial<LosantSettings> {
  readonly name?: string
  readonly enabled?: boolean
}

export async function createWebhook(
  ctx: CoreContext,
  scope: AppScope,
  { name, enabled = true, ...settings }: WebhookFields & { readonly name: string },
): Promise<LosantWebhook> {
  const { appId: application, ...organisation } = scope
  const source = await createSource(ctx, organisation, {
    name,
    uid: null,
    application,
    type: LOSANT_TYPE,
    config: toLosantConfig({ ...DEFAULT_LOSANT, ...settings }),
    secrets: [],
    options: { ...DEFAULT_OPTIONS, enabled },
    metadata: {},
  })
  return viewWebhook(source)
}

/** Absent fields stay. */
export async function patchWebhook(
  ctx: CoreContext,
  scope: AppScope,
  { webhook, fields }: { readonly webhook: string; readonly fields: WebhookFields },
): Promise<LosantWebhook> {
  const { name, enabled, ...configChanges } = fields
  const { id } = await findWebhookSource(ctx, scope, webhook)
  const source = await patchSource(ctx, scope, {
    idOrUid: id,
    fields: {
      configChanges,
      ...(name !== undefined && { name }),
      ...(enabled !== undefined && { options: { enabled } }),
    },
  })
  return viewWebhook(source)
}

/** By `includeWorkflows` with every endpoint that is subscribed to it by name, whatever else it receives. */
export async function deleteWebhook(
  ctx: CoreContext,
  scope: AppScope,
  { webhook, includeWorkflows }: { readonly webhook: string; readonly includeWorkflows: boolean },
): Promise<void> {
  const { id } = await findWebhookSource(ctx, scope, webhook)
  if (includeWorkflows) await deleteSourceWithTriggered(ctx, scope, id)
  else await deleteSource(ctx, scope, id)
}
