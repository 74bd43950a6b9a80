import type { EndpointOut } from '@posthorn/contracts'
import { Menu, toast } from '@posthorn/ui'
import { useState } from 'react'
import { navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type Asked, DeedButtons, DeedDialog } from './endpoint-deeds.tsx'

const DEEDS = ['recover', 'replay-missing', 'disable', 'delete'] as const

export function EndpointActions({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [, setMissed] = useSearchValue('missed')
  const [, setTask] = useSearchValue('task')
  const onEnabled = (disabledAt: string | null) => {
    toast(t('endpoint.enabled'))
    setMissed(disabledAt ?? '')
  }
  return (
    <>
      <Menu label={t('endpoint.actions')}>
        <DeedButtons deeds={DEEDS} onAsk={setAsked} {...{ endpoint, onEnabled }} />
      </Menu>
      <DeedDialog
        {...{ endpoint, asked }}
        onClose={() => setAsked(null)}
        onDeleted={() => navigate('/endpoints')}
        onStarted={setTask}
      />
    </>
  )
}
