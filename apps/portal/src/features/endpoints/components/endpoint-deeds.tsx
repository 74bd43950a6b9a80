import type { EndpointOut } from '@posthorn/contracts'
import { Button, formatNumber, toast } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { usePatchEndpoint } from '../api/endpoint-queries.ts'
import { useUndoDisable } from '../api/use-undo-disable.ts'
import { DeleteDialog, DisableDialog, ReplayDialog } from './lazy-dialogs.ts'

export type Deed = 'recover' | 'replay-missing' | 'disable' | 'delete'

export interface Asked {
  readonly deed: Deed
  readonly onUndo: (disabledAt: string) => void
}

export interface DeedButtonsProps {
  readonly endpoint: EndpointOut
  readonly deeds: readonly Deed[]
  readonly onAsk: (asked: Asked) => void
  /** Since when it had been disabled. */
  readonly onEnabled: (disabledAt: string | null) => void
}

/** What can be done to an endpoint, as far as this session may: the same on its page and in its row of the list. */
export function DeedButtons({ endpoint, deeds, onAsk, onEnabled }: DeedButtonsProps) {
  const may = { attempt: useMay('CreateAttempts'), manage: useMay('ManageEndpoint') }
  const undo = useUndoDisable(endpoint.id, (n) => t('disable.undone', { n: formatNumber(n) }))
  const patch = usePatchEndpoint(endpoint.id)
  const { disabledAt } = endpoint.state
  const enable = () =>
    patch.mutate(
      { disabled: false },
      { onSuccess: () => onEnabled(disabledAt), onError: (err) => toast(describeError(err)) },
    )
  const button = (deed: Deed) => (
    <Button key={deed} onClick={() => onAsk({ deed, onUndo: undo.mutate })}>
      {t(DEED_TEXTS[deed])}
    </Button>
  )
  return deeds.map((deed) => {
    if (!may[NEEDS[deed]]) return null
    if (deed !== 'disable' || !endpoint.disabled) return button(deed)
    return (
      <Button key={deed} onClick={enable}>
        {t('endpoint.enable')}
      </Button>
    )
  })
}

/** On an endpoint's own page: once it is enabled, the page tells what it missed. */
export function useShowMissed(): DeedButtonsProps['onEnabled'] {
  const [, setMissed] = useSearchValue('missed')
  return (disabledAt) => {
    toast(t('endpoint.enabled'))
    setMissed(disabledAt ?? '')
  }
}

const NEEDS = {
  recover: 'attempt',
  'replay-missing': 'attempt',
  disable: 'manage',
  delete: 'manage',
} as const

const DEED_TEXTS = {
  recover: 'endpoint.recover',
  'replay-missing': 'endpoint.replayMissing',
  disable: 'endpoint.disable',
  delete: 'endpoint.delete',
} as const

export interface DeedDialogProps {
  readonly endpoint: EndpointOut
  readonly asked: Asked | null
  readonly onClose: () => void
  readonly onDeleted: () => void
  /** What sends again is under way, as a task. */
  readonly onStarted: (taskId: string) => void
}

export function DeedDialog({ endpoint, asked, onClose, onDeleted, onStarted }: DeedDialogProps) {
  switch (asked?.deed) {
    case undefined:
      return null
    case 'disable':
      return <DisableDialog onUndo={asked.onUndo} {...{ endpoint, onClose }} />
    case 'delete':
      return <DeleteDialog {...{ endpoint, onDeleted, onClose }} />
    case 'recover':
    case 'replay-missing':
      return <ReplayDialog kind={asked.deed} {...{ endpoint, onStarted, onClose }} />
  }
}
