import type { WebhookReader } from '../received-webhook.ts'
import { type Refusal, refuse } from '../verification.ts'

export function singleHeader(webhook: WebhookReader, name: string): string | Refusal {
  const lines = webhook.lines(name)
  if (lines.length > 1) return refuse('repeated_header', `${name} came more than once.`)
  return lines[0] ?? refuse('missing_signature', `Header ${name} is missing.`)
}
