import { ApiError } from '@posthorn/client'
import { useSyncExternalStore } from 'react'
import { keepSession, openSession, type Session, sessionOf } from './session.ts'

let current: Session | null = null
let hasEnded = false
const listeners = new Set<() => void>()

export function startSession(): void {
  current = openSession()
}

export function currentSession(): Session | null {
  return current
}

/** A new token for the same application takes the place of the old one, without a reload. Tells if it was taken. */
export function renewSession(token: string): boolean {
  const next = current === null ? null : sessionOf(current.appId, token)
  if (next === null) return false
  current = next
  hasEnded = false
  keepSession(next)
  tell()
  return true
}

/** Whatever was refused for want of a valid token ends the session, until another token comes. */
export function noteRefusal(err: unknown): void {
  if (hasEnded || !(err instanceof ApiError) || err.status !== 401) return
  hasEnded = true
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, () => current)
}

export function useHasEnded(): boolean {
  return useSyncExternalStore(subscribe, () => hasEnded)
}
