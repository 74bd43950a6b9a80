import type { EndpointState } from '@posthorn/contracts'
import { Badge, type Tone } from './badge.tsx'
import { t } from './words.ts'

type Health = EndpointState['health']

const TONES: Readonly<Record<Health, Tone>> = {
  healthy: 'good',
  new: 'idle',
  rate_limited: 'warn',
  failing: 'bad',
  disabled_soon: 'bad',
  disabled: 'idle',
}

export function healthText(health: Health): string {
  return t(`health.${health}`)
}

export function HealthBadge({ health }: { readonly health: Health }) {
  return <Badge tone={TONES[health]}>{healthText(health)}</Badge>
}
