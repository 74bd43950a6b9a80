import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { toast } from './toast.tsx'

export interface CopyButtonProps {
  /** What is copied, for those who hear the button's name. */
  readonly what: string
  readonly text: () => string | Promise<string>
}

export function CopyButton({ what, text }: CopyButtonProps) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text())
      toast(t('copy.done', { what }))
    } catch {
      toast(t('copy.refused'))
    }
  }
  return (
    <Button size="small" aria-label={t('copy.label', { what })} onClick={() => void copy()}>
      {t('copy')}
    </Button>
  )
}
