import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { NewerButton } from './more-button.tsx'
import { t } from './words.ts'

const ANNOUNCED_EVERY_MS = 10_000

interface LiveListProps {
  /** Of `useLiveList`. */
  readonly live: {
    readonly list: RefObject<HTMLDivElement | null>
    readonly arrived: { readonly count: number; readonly isMore: boolean }
    readonly showArrived: () => void
    readonly isPaused: boolean
    readonly setIsPaused: (isPaused: boolean) => void
    readonly isBehind: boolean
    readonly query: {
      readonly hasPreviousPage: boolean
      readonly isFetchingPreviousPage: boolean
      readonly fetchPreviousPage: () => unknown
    }
  }
  readonly children: ReactNode
}

/** Around the table of a live list: how it stands, and what waits to be shown. Its place is kept from the start. */
export function LiveList({ live, children }: LiveListProps) {
  const { query } = live
  return (
    <div className="live-list" ref={live.list} tabIndex={-1}>
      <Arrived live={live} />
      <div className="live-bar" data-list-top>
        <Standing live={live} />
        <NewerButton size="small" query={query} label={t('live.newer')} />
      </div>
      {children}
    </div>
  )
}

type Part = Pick<LiveListProps, 'live'>

function Standing({ live: { isPaused, isBehind, query, setIsPaused } }: Part) {
  if (query.hasPreviousPage) return null
  const standing = isPaused ? 'paused' : isBehind ? 'behind' : 'on'
  return (
    <>
      <span className="live-standing small soft" data-standing={standing}>
        {t(`live.${standing}`)}
      </span>
      <Button kind="plain" size="small" onClick={() => setIsPaused(!isPaused)}>
        {t(isPaused ? 'live.resume' : 'live.pause')}
      </Button>
    </>
  )
}

function Arrived({ live: { arrived, showArrived } }: Part) {
  const text =
    arrived.count === 0
      ? ''
      : t('live.arrived', { n: `${arrived.count}${arrived.isMore ? '+' : ''}` })
  const announced = useSeldom(text)
  return (
    <>
      <div className="live-arrived">
        {text !== '' && (
          <Button kind="primary" size="small" onClick={showArrived}>
            {text}
          </Button>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {announced}
      </p>
    </>
  )
}

/** The text as it was at most 10 s ago: who hears it isn't told with every row. */
function useSeldom(text: string): string {
  const [said, setSaid] = useState('')
  const lastMs = useRef(0)
  const say = useEffectEvent(() => {
    lastMs.current = Date.now()
    setSaid(text)
  })
  useEffect(() => {
    const timer = setTimeout(say, Math.max(0, lastMs.current + ANNOUNCED_EVERY_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [text])
  return said
}
