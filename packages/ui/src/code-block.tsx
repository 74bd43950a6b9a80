import { useState } from 'react'
import { Button } from './button.tsx'
import { formatNumber } from './format-time.ts'
import { FoundText } from './found-text.tsx'
import { CopyButton } from './own-copy-button.ts'
import { t } from './words.ts'

const SHOWN_AT_FIRST = 65_536

export interface CodeBlockProps {
  readonly label: string
  readonly text: string
  /** What is copied where that differs from what is shown. */
  readonly original?: string
  /** Marked in it, in the whole of it; empty: nothing. */
  readonly search?: string
}

/** A stranger's text, never more of it than a page can bear until it is asked for. */
export function CodeBlock({ label, text, original = text, search = '' }: CodeBlockProps) {
  const [isWhole, setIsWhole] = useState(false)
  const isCut = !isWhole && search === '' && text.length > SHOWN_AT_FIRST
  return (
    <div className="stack stack-small">
      <div className="row row-between">
        <h3>{label}</h3>
        <CopyButton what={label} text={() => original} />
      </div>
      <pre className="code code-wrap" tabIndex={0} role="region" aria-label={label}>
        <FoundText text={isCut ? text.slice(0, SHOWN_AT_FIRST) : text} search={search} />
      </pre>
      {isCut && (
        <Button size="small" onClick={() => setIsWhole(true)}>
          {t('code.showAll', { n: formatNumber(text.length) })}
        </Button>
      )}
    </div>
  )
}
