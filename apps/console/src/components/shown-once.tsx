import { Button, Dialog, Notice } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { CopyButton } from './copy-button.tsx'

export interface ShownOnceProps {
  readonly title: string
  readonly what: string
  readonly text: string
  readonly onClose: () => void
}

/** A secret that can't be shown again: closed only by saying so. */
export function ShownOnce({ title, what, text, onClose }: ShownOnceProps) {
  return (
    <Dialog isKept title={title} onClose={() => {}}>
      <Notice tone="warn" title={t('once.notice')} />
      <p className="secret mono">{text}</p>
      <div className="row">
        <CopyButton what={what} text={() => text} />
        <Button kind="primary" onClick={onClose}>
          {t('once.done')}
        </Button>
      </div>
    </Dialog>
  )
}
