import { BoundedCache, withinDeadline } from '@posthorn/runtime'
import type { LookOf } from '../pages/serve-pages.ts'

type Look = Awaited<ReturnType<LookOf>>

interface PageLooksOptions {
  /** By the id of an application that may not be there. */
  readonly read: (appId: string) => Promise<Look>
  readonly onError: (err: unknown) => void
}

const APP_ID = /^app_[0-9A-Za-z]{8,64}$/
const LONGEST_MS = 500
const TTL_MS = 2_000
const MAX_LOOKS = 200
const MAX_READS = 2

interface Remembered {
  readonly look: Promise<Look>
  readonly until: number
}

/**
 * For the page itself, which anybody may ask for as often as they like: a look is read once in two seconds, as is
 * that there is none, and two at most at a time, which leaves the other connections to the api. When these are busy
 * or the database doesn't answer, the page comes without, and asks for its look once it knows who is there.
 */
export function createPageLooks({ read, onError }: PageLooksOptions): LookOf {
  const remembered = new BoundedCache<string, Remembered>(MAX_LOOKS)
  let reading = 0

  function readOnce(appId: string): Promise<Look> {
    const known = remembered.get(appId)
    if (known !== undefined && known.until > performance.now()) return known.look
    if (reading >= MAX_READS) return Promise.resolve(null)
    reading++
    const look = read(appId)
      .catch((err: unknown) => {
        onError(err)
        return null
      })
      .finally(() => reading--)
    remembered.set(appId, { look, until: performance.now() + TTL_MS })
    return look
  }

  return async (url) => {
    const appId = new URLSearchParams(url.split('?')[1] ?? '').get('app') ?? ''
    return APP_ID.test(appId) ? withinDeadline(readOnce(appId), LONGEST_MS, null) : null
  }
}
