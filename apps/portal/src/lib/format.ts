import { currentLocale, t } from './text.ts'

export function formatTime(moment: string | number): string {
  return new Intl.DateTimeFormat(currentLocale(), {
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(new Date(moment))
}

/** The same instant as it reads in UTC, for the pointer to rest on. */
export function formatUtc(moment: string | number): string {
  return `${new Date(moment).toISOString().replace('T', ' ').slice(0, 19)} UTC`
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

export function formatRelative(moment: string | number, nowMs: number): string {
  const seconds = Math.round((new Date(moment).getTime() - nowMs) / 1000)
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  const format = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto', style: 'short' })
  return format.format(Math.trunc(seconds / size), unit)
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLocale()).format(value)
}

export function formatShare(share: number): string {
  return new Intl.NumberFormat(currentLocale(), {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(share)
}

/** Where a step of a chart begins, short. */
export function formatStep(moment: number): string {
  return new Intl.DateTimeFormat(currentLocale(), {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(moment))
}

export function formatCountdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(left / 3600)}:${pad(Math.floor(left / 60) % 60)}:${pad(left % 60)}`
}

export function formatMs(ms: number): string {
  return t('unit.ms', { n: formatNumber(Math.round(ms * 10) / 10) })
}

/** Indents JSON text without parsing it, so that numbers and the order of keys stay as they were sent. */
export function indentJson(json: string): string {
  let depth = 0
  const line = () => `\n${'  '.repeat(Math.max(0, depth))}`
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+/g, (token) => {
    if (token === '{' || token === '[') {
      depth += 1
      return token + line()
    }
    if (token === '}' || token === ']') {
      depth -= 1
      return line() + token
    }
    if (token === ',') return token + line()
    if (token === ':') return ': '
    return token.trim() === '' ? '' : token
  })
}
