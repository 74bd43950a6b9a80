import { formatStep, formatTimeOfDay } from '../lib/format.ts'
import { hasText, t } from '../lib/text.ts'

export const FILTERS = [
  'status',
  'code',
  'cause',
  'type',
  'tag',
  'channel',
  'hours',
  'from',
  'until',
] as const
export type FilterName = (typeof FILTERS)[number]

/** Empty: not set. */
export type FilterValues = Readonly<Record<FilterName, string>>

/** The filters that are set, each by its name and what it lets through. */
export function filterNames(values: FilterValues): string[] {
  const { status, code, cause, type, tag, channel, hours, from } = values
  const shown = {
    status: textOr(`list.status.${status}`, status),
    code: textOr(`list.code.${code}`, code),
    cause,
    type,
    tag,
    channel,
    time: from === '' ? textOr(`list.hours.${hours}`, hours) : spanText(values),
  }
  const names = ['status', 'code', 'cause', 'type', 'tag', 'channel', 'time'] as const
  return names.flatMap((name) =>
    shown[name] === '' ? [] : [`${t(`list.filter.${name}`)}: ${shown[name]}`],
  )
}

/** What the URL has need not be one of the choices. */
function textOr(key: string, value: string): string {
  return hasText(key) ? t(key) : value
}

/** Of a step of a chart, say. */
export function spanText({ from, until }: Pick<FilterValues, 'from' | 'until'>): string {
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)]
  if (Number.isNaN(fromMs) || Number.isNaN(untilMs)) return from
  return `${formatStep(fromMs)} – ${formatTimeOfDay(untilMs)}`
}
