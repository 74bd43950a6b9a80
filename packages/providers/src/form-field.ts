import type { WebhookReader } from './received-webhook.ts'

const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i

export function hasFields(webhook: WebhookReader): boolean {
  return FORM.test(webhook.header('content-type') ?? '')
}

/** A field of a form, whether multipart or plain; of several with that name the first. */
export function formField(webhook: WebhookReader, name: string): string | undefined {
  const boundary = /boundary="?([^";]{1,70})"?/i.exec(webhook.header('content-type') ?? '')?.[1]
  if (boundary === undefined) return webhook.form().get(name) ?? undefined
  for (const part of webhook.body.toString('utf8').split(`--${boundary}`)) {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    if (head.includes(`name="${name}"`)) return rest.join('\r\n\r\n').replace(/\r\n$/, '')
  }
  return undefined
}
