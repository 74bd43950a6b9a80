import type { WebhookReader } from '../received-webhook.ts'

export function isForm(webhook: WebhookReader): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(webhook.header('content-type') ?? '')
}

/** Parameters sorted by name, each as name and value with nothing between; equal pairs once. */
export function sortedForm(webhook: WebhookReader): string {
  const form = webhook.form()
  const names = [...new Set(form.keys())].sort(byCodeUnit)
  return names
    .flatMap((name) =>
      [...new Set(form.getAll(name))].sort(byCodeUnit).map((value) => name + value),
    )
    .join('')
}

export function byCodeUnit(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
