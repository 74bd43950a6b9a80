import { useEffect, useEffectEvent } from 'react'

export type MessageKey = 'j' | 'k' | '[' | ']' | 'r' | 'Escape'
export type MessageKeys = Readonly<Record<MessageKey, (() => void) | null>>

const ELSEWHERE = 'dialog, details[open], [data-list-keys], input, select, textarea'

/**
 * Single keys for a message, only while the focus is in the screen and not in a part of it that has keys or
 * letters of its own (WCAG 2.1.4).
 */
export function useMessageKeys(keys: MessageKeys): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { target, key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || !isKey(key)) return
    const isHere = target instanceof Element && target.closest('#content') !== null
    const action = keys[key]
    if (!isHere || target.closest(ELSEWHERE) !== null || action === null) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function isKey(key: string): key is MessageKey {
  return ['j', 'k', '[', ']', 'r', 'Escape'].includes(key)
}
