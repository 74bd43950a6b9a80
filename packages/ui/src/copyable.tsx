import { CopyButton } from './own-copy-button.ts'
import { VisibleText } from './visible-text.tsx'

interface CopyableProps {
  /** What it is, for those who hear the button's name. */
  readonly what: string
  readonly text: string
}

/** An id, a URL or the like, with the button that copies it. */
export function Copyable({ what, text }: CopyableProps) {
  return (
    <span className="row copyable">
      <span className="mono">
        <VisibleText text={text} />
      </span>
      <CopyButton what={what} text={() => text} />
    </span>
  )
}
