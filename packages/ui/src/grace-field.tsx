import { useState } from 'react'
import { Field } from './field.tsx'
import { Notice } from './notice.tsx'
import { t } from './words.ts'

const NONE = '0'
const GRACES = [NONE, '3600', '86400', '259200', '604800'] as const
type Grace = (typeof GRACES)[number]
const DEFAULT_GRACE: Grace = '86400'

type GraceChoice = ReturnType<typeof useGrace>

/** The grace that was chosen. None has to be typed too: what still has the old secret refuses every message. */
export function useGrace() {
  const [grace, setGrace] = useState<Grace>(DEFAULT_GRACE)
  const [typed, setTyped] = useState('')
  const isTyped = typed.trim().toLowerCase() === t('grace.word')
  return {
    grace,
    setGrace,
    typed,
    setTyped,
    seconds: Number(grace),
    isSure: grace !== NONE || isTyped,
  }
}

/** How long the former secret signs beside the one that takes its place. */
export function GraceField({ choice }: { readonly choice: GraceChoice }) {
  const { grace, setGrace } = choice
  const choose = (value: string) => setGrace(GRACES.find((one) => one === value) ?? DEFAULT_GRACE)
  return (
    <>
      <Field label={t('grace.label')} hint={t('grace.hint')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={grace}
            onChange={({ target }) => choose(target.value)}
          >
            {GRACES.map((seconds) => (
              <option key={seconds} value={seconds}>
                {t(`grace.${seconds}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {grace === NONE && <NoGrace choice={choice} />}
    </>
  )
}

function NoGrace({ choice: { typed, setTyped } }: { readonly choice: GraceChoice }) {
  return (
    <>
      <Notice tone="bad">
        <p>{t('grace.none')}</p>
      </Notice>
      <Field label={t('grace.type', { word: t('grace.word') })}>
        {(control) => (
          <input
            {...control}
            className="input mono"
            autoComplete="off"
            autoCapitalize="none"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
    </>
  )
}
