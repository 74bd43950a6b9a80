import { formatTime } from '@posthorn/ui'
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

/** Instead of a number of hours: from one moment to another, each of which may be open. */
export const BETWEEN = 'between'

/** Empty: not set. */
export type FilterValues = Readonly<Record<FilterName, string>>

/** The filters that are set, each by its name and what it lets through. */
export function filterNames(values: FilterValues): string[] {
  const { status, code, cause, type, tag, channel, hours } = values
  const shown = {
    status: textOr(`list.status.${status}`, status),
    code: textOr(`list.code.${code}`, code),
    cause,
    type,
    tag,
    channel,
    time: isSpan(values) ? spanText(values) : textOr(`list.hours.${hours}`, hours),
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

export function isSpan({ hours, from, until }: FilterValues): boolean {
  return hours === BETWEEN || from !== '' || until !== ''
}

function spanText({ from, until }: FilterValues): string {
  return [from, until]
    .map((at) => (Number.isNaN(Date.parse(at)) ? '…' : formatTime(at)))
    .join(' – ')
}
