import { hasText, t } from '../lib/text.ts'

/** In kind: the customer, the staff, the receiver, or we. */
export function disablerText(disabledBy: string | null): string {
  const key = `health.by.${disabledBy}`
  return hasText(key) ? t(key) : (disabledBy ?? '–')
}
