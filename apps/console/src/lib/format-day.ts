import { currentLocale } from '@posthorn/ui'

/** A day as UTC has it: weeks on disk begin and end there. */
export function formatDay(moment: string): string {
  const format = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeZone: 'UTC' })
  return format.format(new Date(moment))
}
