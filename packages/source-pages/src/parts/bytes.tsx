import { Button, formatNumber, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

const SHOWN_AT_FIRST = 65_536

export interface BytesProps {
  readonly label: string
  readonly text: string
}

/** A stranger's text, never more of it than a page can bear until it is asked for. */
export function Bytes({ label, text }: BytesProps) {
  const { CopyButton } = useHost()
  const [isWhole, setIsWhole] = useState(false)
  const isCut = !isWhole && text.length > SHOWN_AT_FIRST
  return (
    <div className="stack stack-small">
      <div className="row row-between">
        <h2>{label}</h2>
        <CopyButton what={label} text={() => text} />
      </div>
      <pre className="code code-wrap" tabIndex={0} role="region" aria-label={label}>
        <VisibleText text={isCut ? text.slice(0, SHOWN_AT_FIRST) : text} />
      </pre>
      {isCut && (
        <Button size="small" onClick={() => setIsWhole(true)}>
          {t('bytes.showAll', { n: formatNumber(text.length) })}
        </Button>
      )}
    </div>
  )
}

export interface HeadersProps {
  readonly label: string
  readonly headers: Readonly<Record<string, string>>
}

export function Headers({ label, headers }: HeadersProps) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return <Bytes label={label} text={lines.join('\n')} />
}
