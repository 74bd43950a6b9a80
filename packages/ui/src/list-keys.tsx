import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Dialog } from './dialog.tsx'
import { t } from './words.ts'

export interface ListKeysProps {
  /** Where `g` and then a letter leads. */
  readonly go?: Readonly<Record<string, () => void>> | undefined
  /** `r`, of the row by its place in the list. */
  readonly onReplay?: ((index: number) => void) | undefined
  /** `x`, and with Shift all rows from the one marked last. */
  readonly onMark?: ((index: number, isRange: boolean) => void) | undefined
  /** `c`, of a list that things are added to. */
  readonly onAdd?: (() => void) | undefined
  /** A table whose rows each hold one main link. */
  readonly children: ReactNode
}

const MAIN_LINK = 'a.strong-link'
const SEARCH = 'input[type="search"], [role="search"] input'
const FILTER = '.filters select, .filters input, [role="search"] select'
const HELP = ['move', 'open', 'add', 'mark', 'replay', 'search', 'filter', 'go', 'leave'] as const

/**
 * Single keys for a list, only while the focus is on one of its rows (WCAG 2.1.4): what is typed into a field
 * or chosen in a menu is never taken for one.
 */
export function ListKeys({ go, onReplay, onMark, onAdd, children }: ListKeysProps) {
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const isGoing = useRef(false)
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const index = rowIndexOf(event)
    if (index === -1) return
    const actions: Readonly<Record<string, (() => void) | undefined>> = {
      ...moves(event.currentTarget, index),
      x: onMark && (() => onMark(index, false)),
      X: onMark && (() => onMark(index, true)),
      r: onReplay && (() => onReplay(index)),
      c: onAdd,
      '?': () => setIsHelpOpen(true),
      ...(isGoing.current ? go : undefined),
    }
    isGoing.current = event.key === 'g' && !isGoing.current
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  return (
    <div onKeyDown={onKeyDown} data-list-keys>
      {children}
      {isHelpOpen && (
        <KeyHelp
          own={{ add: onAdd, mark: onMark, replay: onReplay, go }}
          onClose={() => setIsHelpOpen(false)}
        />
      )}
    </div>
  )
}

interface KeyHelpProps {
  /** What the list may have or not; the other keys are those of all. */
  readonly own: Readonly<Record<string, unknown>>
  readonly onClose: () => void
}

function KeyHelp({ own, onClose }: KeyHelpProps) {
  const search = document.querySelector(SEARCH) ?? undefined
  const filter = document.querySelector(FILTER) ?? undefined
  const optional: Readonly<Record<string, unknown>> = { ...own, search, filter }
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl className="facts">
        {HELP.filter((name) => !(name in optional) || optional[name] !== undefined).map((name) => (
          <div className="facts-row" key={name}>
            <dt>
              <kbd className="mono">{t(`keys.${name}`)}</kbd>
            </dt>
            <dd>{t(`keys.${name}.text`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

function moves(list: HTMLElement, index: number): Readonly<Record<string, () => void>> {
  const next = () => focusRow(list, index + 1)
  const previous = () => focusRow(list, index - 1)
  return {
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    '/': () => focusOutside(SEARCH),
    f: () => focusOutside(FILTER),
    Escape: () => document.getElementById('content')?.focus({ preventScroll: true }),
  }
}

/** -1: the key isn't the list's. */
function rowIndexOf({ target, currentTarget, ...event }: KeyboardEvent<HTMLDivElement>): number {
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return -1
  if (target.closest('dialog, .menu[open], select, textarea, input:not([type="checkbox"])'))
    return -1
  const row = target.closest('tbody tr')
  return row === null ? -1 : [...currentTarget.querySelectorAll('tbody tr')].indexOf(row)
}

function focusRow(list: HTMLElement, index: number): void {
  const row = list.querySelectorAll('tbody tr')[index]
  row?.querySelector<HTMLElement>(MAIN_LINK)?.focus()
}

function focusOutside(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus()
}
