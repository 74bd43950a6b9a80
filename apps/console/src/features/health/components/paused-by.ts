import type { DeliveryPauseOut } from '@posthorn/contracts'
import { t } from '../../../lib/text.ts'

type Pause = NonNullable<DeliveryPauseOut['pause']>

const COMMAND_LINE = 'system:command_line'

export function pausedByText({ pausedBy, pausedByName }: Pause): string {
  return pausedByName ?? (pausedBy === COMMAND_LINE ? t('pause.commandLine') : pausedBy)
}
