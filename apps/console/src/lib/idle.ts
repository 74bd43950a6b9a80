import { focusManager } from '@tanstack/react-query'

/** Shorter than the server's half hour, so that a session that nobody uses ends there. */
const IDLE_MS = 20 * 60_000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'focus'] as const

/** Lists that refresh themselves would keep a session alive for ever: without anybody's hand they stop. */
export function restWhenIdle(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isResting = false
  const wake = () => {
    clearTimeout(timer)
    timer = setTimeout(rest, IDLE_MS)
    if (!isResting) return
    isResting = false
    // As the browser says it, from here on.
    focusManager.setFocused(undefined)
  }
  const rest = () => {
    isResting = true
    focusManager.setFocused(false)
  }
  for (const sign of SIGNS) addEventListener(sign, wake, { passive: true })
  wake()
}
