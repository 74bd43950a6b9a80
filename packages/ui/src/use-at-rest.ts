import { type RefObject, useEffect, useRef } from 'react'

/** In use: under the pointer, with the focus in it, or chosen. */
const ENGAGED = 'tbody:hover, tbody :focus, tbody :checked'

/**
 * Whether rows may come in at the top of a list: it is in view from its first row on, and nobody points at it,
 * has the focus or text marked in it, or asked for less motion. Of what was kept from an earlier visit nobody has
 * read anything when it is asked for the first time.
 */
export function useAtRest(
  list: RefObject<HTMLElement | null>,
  isFromBefore: boolean,
): () => boolean {
  const isTopInView = useRef(false)
  const wasAsked = useRef(false)
  useEffect(() => {
    const top = list.current?.querySelector('[data-list-top]') ?? null
    if (top === null) return
    // Not by `scrollY`: in a host's page that gives us our full height, the host scrolls.
    const observer = new IntersectionObserver((entries) => {
      isTopInView.current = entries.at(-1)?.isIntersecting ?? false
    })
    observer.observe(top)
    return () => observer.disconnect()
  }, [])
  return () => {
    const isFirst = isFromBefore && !wasAsked.current
    wasAsked.current = true
    const element = list.current
    if (element === null || !isTopInView.current) return false
    if (isFirst) return true
    if (element.querySelector(ENGAGED) !== null) return false
    const marked = getSelection()
    if (marked !== null && !marked.isCollapsed && marked.containsNode(element, true)) return false
    return !matchMedia('(prefers-reduced-motion: reduce)').matches
  }
}
