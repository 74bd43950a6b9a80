import { formatNumber } from './format-time.ts'
import { t } from './words.ts'

export function formatMs(ms: number): string {
  return t('unit.ms', { n: formatNumber(Math.round(ms * 10) / 10) })
}
