import { formatRelative, formatTime, formatUtc } from './format-time.ts'
import { useNow } from './use-now.ts'

/** How long ago, with the viewer's own zone and UTC at hand. */
export function Time({ at }: { readonly at: string }) {
  const nowMs = useNow(5_000)
  return (
    <time dateTime={at} title={`${formatTime(at)} · ${formatUtc(at)}`}>
      {formatRelative(at, nowMs)}
    </time>
  )
}

export function FullTime({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={formatUtc(at)}>
      {formatTime(at)}
    </time>
  )
}
