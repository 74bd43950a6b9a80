export { CRON_TYPE, cronSettingsOf } from './cron/schedule.ts'
export {
  createWebhook,
  deleteWebhook,
  patchWebhook,
  type WebhookFields,
} from './losant/change-webhook.ts'
export {
  findWebhookSource,
  getLosantApplication,
  getWebhook,
  listWebhooks,
  type LosantWebhook,
} from './losant/get-webhook.ts'
export { losantIdOf } from './losant/losant-id.ts'
export { LOSANT_TYPE, type LosantSettings, losantSettingsOf } from './losant/losant-settings.ts'
export { type LosantReceived, receiveLosant } from './losant/receive-losant.ts'
export { type AwaitedReply, findReplies } from './reply/find-replies.ts'
export { makeReply, REPLY_MS, type ReplyTo } from './reply/make-reply.ts'
export type { GivenReply, Reply } from './reply/reply-parts.ts'
export { getOriginalBody } from './source/get-original.ts'
export { deleteSourceWithTriggered, listTriggeredEndpoints } from './source/triggered-endpoints.ts'
export { DEFAULT_QUARANTINE } from './source/quarantine-limits.ts'
export { textOf } from './source/received-body.ts'
export { showLearnedSecret } from './source/show-learned-secret.ts'
export { SharedWindow } from './source/shared-window.ts'
export { type KnownSource, type SourceReplacement, upsertSource } from './source/update-source.ts'
