import type { MessageStatusText } from '@posthorn/contracts'
import { Badge, type Tone } from './badge.tsx'
import { t } from './words.ts'

const TONES: Readonly<Record<MessageStatusText, Tone>> = {
  success: 'good',
  pending: 'idle',
  sending: 'warn',
  fail: 'bad',
  canceled: 'idle',
}

export function DeliveryStatus({ status }: { readonly status: MessageStatusText }) {
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>
}
