import type { LosantWebhookOut } from '@posthorn/contracts/ingest'
import { losantIdOf, type LosantWebhook } from '@posthorn/core/ingest'

export function presentWebhook(webhook: LosantWebhook): LosantWebhookOut {
  const { name, token, enabled, responseCode, verificationType, waitForReply } = webhook
  const { castBuffersAs, annotateMultipart, createdAt, updatedAt } = webhook
  const id = losantIdOf(webhook.id)
  return {
    id,
    webhookId: id,
    applicationId: losantIdOf(webhook.appId),
    creationDate: createdAt.toISOString(),
    lastUpdated: updatedAt.toISOString(),
    name,
    token,
    responseCode,
    verificationType,
    waitForReply,
    isWebsocket: false,
    castBuffersAs,
    annotateMultipart,
    enabled,
    ...textsOf(webhook),
  }
}

const TEXTS = ['description', 'verificationCode', 'basicAuthUsername', 'basicAuthPassword'] as const

/** Those that are set. */
function textsOf(webhook: LosantWebhook): Partial<Record<(typeof TEXTS)[number], string>> {
  return Object.fromEntries(
    TEXTS.flatMap((name) => (webhook[name] === '' ? [] : [[name, webhook[name]]])),
  )
}
