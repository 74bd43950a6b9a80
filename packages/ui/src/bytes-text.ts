import { t } from './words.ts'

export function bytesText(bytes: number): string {
  return t('unit.bytes', { n: bytes })
}
