import germanCauses from '@posthorn/contracts/cause-text/de.json' with { type: 'json' }
import causes from '@posthorn/contracts/cause-text/en.json' with { type: 'json' }
import type { NoticedCause } from '@posthorn/core/notice'
import de from './text/de.json' with { type: 'json' }
import en from './text/en.json' with { type: 'json' }
import { utc } from './utc.ts'

export type WordKey = keyof typeof en
type Values = Readonly<Record<string, string | number | null>>

/** One language's. */
export interface Words {
  readonly say: (key: WordKey, values?: Values) => string
  /** In the sentences of the portal. */
  readonly cause: (cause: NoticedCause) => string
  /** Null: none is known. */
  readonly hint: (cause: NoticedCause) => string | null
}

export function wordsOf(language: string): Words {
  return language === 'de' ? GERMAN : ENGLISH
}

const ENGLISH = createWords(en, causes)
const GERMAN = createWords(de, germanCauses)

function createWords(own: typeof en, shared: Readonly<Record<string, string>>): Words {
  const shown = (key: string, values: Values) => {
    const text = [shared[key], shared[`${key}.plain`]].find(
      (one) => one !== undefined && isFilled(one, values),
    )
    return text === undefined ? null : fill(text, values)
  }
  return {
    say: (key, values = {}) => fill(own[key], values),
    cause: (cause) => {
      const { code, status } = cause
      const isAnswer = status !== 0 && !Object.hasOwn(shared, `cause.${code}`)
      const key = isAnswer ? 'cause.http_other' : `cause.${code}`
      return shown(key, valuesOf(cause)) ?? shown('cause.unknown', { code }) ?? code
    },
    hint: (cause) => shown(`hint.${cause.code}`, valuesOf(cause)),
  }
}

function valuesOf({ host, port, status, durationMs, at, location }: NoticedCause): Values {
  const code = status === 0 ? null : status
  return { host, port, code, ms: durationMs, time: at === null ? null : utc(at), location }
}

const PLACES = /\{(\w+)\}/g

/** A sentence that a mail has no value for gives way to its plain form: values that only an attempt's page may show stay there. */
function isFilled(text: string, values: Values): boolean {
  return [...text.matchAll(PLACES)].every(([, name = '']) => (values[name] ?? null) !== null)
}

function fill(text: string, values: Values): string {
  return text.replaceAll(PLACES, (_, name: string) => String(values[name] ?? ''))
}
