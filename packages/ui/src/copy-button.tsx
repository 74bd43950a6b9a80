import type { MouseEvent, ReactNode } from 'react'
import { Button } from './button.tsx'
import type { Translate } from './texts.ts'
import { toast } from './toast.tsx'

export interface CopyButtonProps {
  /** What is copied, for those who hear the button's name. */
  readonly what: string
  readonly text: () => string | Promise<string>
  /** Instead of the word for it. */
  readonly children?: ReactNode
}

export interface CopyTexts {
  readonly t: Translate<'copy' | 'copy.label' | 'copy.done' | 'copy.refused'>
  readonly describeError: (err: unknown) => string
}

/** The parts of an app that copy, in that app's words. */
export function createCopyButton({ t, describeError }: CopyTexts) {
  function CopyButton({ what, text, children }: CopyButtonProps) {
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
        aria-label={children === undefined ? t('copy.label', { what }) : undefined}
        onClick={(event) => void copy(event)}
      >
        {children ?? t('copy')}
      </Button>
    )
  }

  /**
   * Over plain http and in a frame without the permission there is no clipboard: then the text appears, selected,
   * beside where it was asked for, and Ctrl+C does the rest.
   */
  async function copyText(what: string, text: string, beside?: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      toast(t('copy.done', { what }))
    } catch {
      showSelected(text, t('copy.refused'), beside)
      toast(t('copy.refused'))
    }
  }

  return { CopyButton, copyText }
}

function showSelected(text: string, label: string, beside: HTMLElement | undefined): void {
  const area = document.createElement('textarea')
  area.className = 'copy-area mono'
  area.readOnly = true
  area.value = text
  area.setAttribute('aria-label', label)
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
