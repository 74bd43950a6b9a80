import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'idle'

const SIGNS: Readonly<Record<Tone, string>> = { good: '✓', warn: '!', bad: '✕', idle: '•' }

/** Sign, word and colour, so that none of them alone has to be seen. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      <span aria-hidden="true">{SIGNS[tone]}</span>
      {children}
    </span>
  )
}
