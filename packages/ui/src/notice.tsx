import type { ReactNode } from 'react'
import type { Tone } from './badge.tsx'

export interface NoticeProps {
  readonly tone: Tone
  readonly title?: string
  /** Announced at once: for what went wrong just now. */
  readonly isAlert?: boolean
  readonly children?: ReactNode
}

export function Notice({ tone, title, isAlert = false, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={isAlert ? 'alert' : undefined}>
      {title !== undefined && <strong>{title}</strong>}
      {children}
    </div>
  )
}

export interface EmptyProps {
  readonly title: string
  /** There is nothing else on the page. */
  readonly isPage?: boolean
  readonly children?: ReactNode
}

export function Empty({ title, isPage = false, children }: EmptyProps) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className="empty">
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}

export function Skeleton({ label, rows = 5 }: { readonly label: string; readonly rows?: number }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  )
}
