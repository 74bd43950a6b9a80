import { currentLocale } from '@posthorn/ui'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** In the unit that leaves one to three digits before the point. */
export function formatBytes(bytes: number): string {
  const place = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const unit = UNITS[place] ?? 'byte'
  const maximumFractionDigits = place > 1 ? 1 : 0
  const format = new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit,
    maximumFractionDigits,
  })
  return format.format(bytes / 1000 ** place)
}
