import type { EndpointState } from '@posthorn/contracts'
import { Badge, type Tone } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'

const TONES: Readonly<Record<EndpointState['health'], Tone>> = {
  healthy: 'good',
  new: 'idle',
  rate_limited: 'warn',
  failing: 'bad',
  disabled_soon: 'bad',
  disabled: 'idle',
}

export function HealthBadge({ health }: { readonly health: EndpointState['health'] }) {
  return <Badge tone={TONES[health]}>{t(`health.${health}`)}</Badge>
}
