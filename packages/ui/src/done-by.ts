import type { DoneBy } from '@posthorn/contracts'
import { t } from './words.ts'

/** Goes on a sentence: “sent again … by Olive Owner”. In the portal nobody of the staff has a name. */
export function doneByText({ kind, name }: DoneBy): string {
  return name === null ? t(`doneBy.${kind}`) : t('doneBy.named', { name })
}
