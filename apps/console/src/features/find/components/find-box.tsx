import { useEffect, useEffectEvent, useState } from 'react'
import { t } from '../../../lib/text.ts'
import { FindDialog } from './find-dialog.tsx'
import type { FindPage } from './found-list.tsx'

export interface FindBoxProps {
  /** What is found beside messages, customers and endpoints. */
  readonly pages: readonly FindPage[]
}

/** In the header of every page, and behind Ctrl or Cmd and K. */
export function FindBox({ pages }: FindBoxProps) {
  const [isOpen, setIsOpen] = useState(false)
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (!isShortcut || event.key.toLowerCase() !== 'k') return
    event.preventDefault()
    // Not over a dialog that somebody is in the middle of.
    if (document.querySelector('dialog[open]') === null) setIsOpen(true)
  })
  useEffect(() => {
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <button
        type="button"
        className="find-box"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setIsOpen(true)}
      >
        <span>{t('find.open')}</span>
        <kbd aria-hidden="true">{isApple() ? '⌘K' : t('find.keys')}</kbd>
      </button>
      {isOpen && <FindDialog pages={pages} onClose={() => setIsOpen(false)} />}
    </>
  )
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
