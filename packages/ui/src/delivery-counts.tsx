import type { DeliveryCounts as Counts } from '@posthorn/contracts'
import { Badge, type Tone } from './badge.tsx'
import { formatNumber } from './format-time.ts'
import { t } from './words.ts'

// The worst first.
const TONES = [
  ['failed', 'bad'],
  ['retrying', 'warn'],
  ['pending', 'idle'],
  ['delivered', 'good'],
  ['canceled', 'idle'],
] as const satisfies readonly (readonly [keyof Counts, Tone])[]

interface DeliveryCountsProps {
  readonly counts: Partial<Counts>
}

/** How many deliveries of a message stand how; nothing where it has none. */
export function DeliveryCounts({ counts }: DeliveryCountsProps) {
  const shown = TONES.filter(([name]) => (counts[name] ?? 0) > 0)
  if (shown.length === 0) return null
  const more = counts.isCapped === true ? '+' : ''
  return (
    <span className="row badges">
      {shown.map(([name, tone]) => (
        <Badge key={name} tone={tone}>
          {t(`deliveryCount.${name}`, { n: `${formatNumber(counts[name] ?? 0)}${more}` })}
        </Badge>
      ))}
    </span>
  )
}
