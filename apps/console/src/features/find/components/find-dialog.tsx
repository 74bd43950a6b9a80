import { Dialog, Field } from '@posthorn/ui'
import {
  type FormEvent,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useRef,
  useState,
} from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import { LEAST_LENGTH, useFound } from '../api/use-found.ts'
import { type FindPage, FoundList } from './found-list.tsx'

export interface FindDialogProps {
  readonly pages: readonly FindPage[]
  readonly onClose: () => void
}

/** Enter opens the first of what is found; the arrows walk through all of it. */
export function FindDialog({ pages, onClose }: FindDialogProps) {
  const [text, setText] = useState('')
  const asked = text.trim()
  const found = useFound(asked)
  const ref = useRef<HTMLDivElement>(null)
  const [wantsFirst, setWantsFirst] = useState(false)
  useEffect(() => {
    if (!wantsFirst || !found.isSettled) return
    setWantsFirst(false)
    linksIn(ref.current)[0]?.click()
  }, [wantsFirst, found.isSettled])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (asked.length >= LEAST_LENGTH) setWantsFirst(true)
  }
  const onClick = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a') !== null) onClose()
  }
  return (
    <Dialog title={t('find.title')} onClose={onClose}>
      <div className="stack" ref={ref} onKeyDown={walk} onClick={onClick}>
        <form role="search" onSubmit={onSubmit}>
          <FindInput
            text={text}
            onChange={(next) => {
              setText(next)
              setWantsFirst(false)
            }}
          />
        </form>
        {asked.length >= LEAST_LENGTH && (
          <QueryView query={found.query}>
            {(data) => (
              <FoundList found={data} pages={pages.filter((page) => isNamed(page, asked))} />
            )}
          </QueryView>
        )}
      </div>
    </Dialog>
  )
}

interface FindInputProps {
  readonly text: string
  readonly onChange: (text: string) => void
}

function FindInput({ text, onChange }: FindInputProps) {
  return (
    <Field label={t('find.label')} hint={t('find.hint')}>
      {(control) => (
        <input
          className="input"
          type="text"
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          value={text}
          onChange={({ target }) => onChange(target.value)}
          {...control}
        />
      )}
    </Field>
  )
}

function isNamed({ title }: FindPage, text: string): boolean {
  return title.toLowerCase().includes(text.toLowerCase())
}

function linksIn(element: HTMLElement | null): HTMLElement[] {
  return [...(element?.querySelectorAll<HTMLElement>('a') ?? [])]
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const input = event.currentTarget.querySelector('input')
  const stops = [...(input === null ? [] : [input]), ...linksIn(event.currentTarget)]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
