import { Button, toast } from '@posthorn/ui'
import { type MouseEvent } from 'react'
import { t } from '../lib/text.ts'
import { describeError } from './query-view.tsx'

export interface CopyButtonProps {
  /** What is copied, for those who hear the button's name. */
  readonly what: string
  readonly text: () => string | Promise<string>
}

export function CopyButton({ what, text }: CopyButtonProps) {
  const copy = async ({ currentTarget }: MouseEvent<HTMLElement>) => {
    try {
      await copyText(what, await text(), currentTarget)
    } catch (err) {
      toast(describeError(err))
    }
  }
  return (
    <Button
      size="small"
      aria-label={t('copy.label', { what })}
      onClick={(event) => void copy(event)}
    >
      {t('copy')}
    </Button>
  )
}

/**
 * Over plain http and in a frame without the permission there is no clipboard: then the text appears, selected,
 * beside where it was asked for, and Ctrl+C does the rest.
 */
export async function copyText(what: string, text: string, beside?: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('copy.done', { what }))
  } catch {
    showSelected(text, beside)
    toast(t('copy.refused'))
  }
}

function showSelected(text: string, beside: HTMLElement | undefined): void {
  const area = document.createElement('textarea')
  area.className = 'copy-area mono'
  area.readOnly = true
  area.value = text
  area.setAttribute('aria-label', t('copy.refused'))
  // Inside an open dialog: what is outside of it can't be focused.
  const place = beside?.closest('dialog') ?? document.body
  area.addEventListener('blur', () => area.remove())
  area.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    area.blur()
    beside?.focus()
  })
  place.append(area)
  area.select()
}
