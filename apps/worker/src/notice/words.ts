import germanCauses from '@posthorn/contracts/cause-text/de.json' with { type: 'json' }
import causes from '@posthorn/contracts/cause-text/en.json' with { type: 'json' }
import type { NoticedCause } from '@posthorn/core/notice'
import de from './text/de.json' with { type: 'json' }
import en from './text/en.json' with { type: 'json' }

export type WordKey = keyof typeof en
type Values = Readonly<Record<string, string | number | boolean>>

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
    const text = shared[key]
    return text === undefined ? null : fill(text, values)
  }
  return {
    say: (key, values = {}) => fill(own[key], values),
    cause: (cause) => {
      const { code, status } = cause
      const known = shown(`cause.${code}`, valuesOf(cause))
      if (known !== null) return known
      const key = status === 0 ? 'cause.unknown' : 'cause.http_other'
      return shown(key, { code: status === 0 ? code : status }) ?? code
    },
    hint: (cause) => shown(`hint.${cause.code}`, valuesOf(cause)),
  }
}

function valuesOf({ host, port, status, durationMs, params }: NoticedCause): Values {
  return { host, port, code: status, ms: durationMs, ...params }
}

function fill(text: string, values: Values): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '?'))
}
