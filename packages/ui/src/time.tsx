import { formatRelative, formatTime, formatUtc } from './format-time.ts'
import { serverAheadMs } from './server-clock.ts'
import { useNow } from './use-now.ts'

/** How long ago or ahead by the server's clock, with the viewer's own zone and UTC under the pointer. */
export function Time({ at }: { readonly at: string }) {
  const nowMs = useNow(5_000) + serverAheadMs()
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

/** Where one thing is told of whole: UTC beside it needs no pointer. */
export function TimeAndUtc({ at }: { readonly at: string }) {
  return (
    <time dateTime={at}>
      {formatTime(at)} <span className="small soft">({formatUtc(at)})</span>
    </time>
  )
}
