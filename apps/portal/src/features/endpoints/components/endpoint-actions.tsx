import type { EndpointOut } from '@posthorn/contracts'
import { Menu } from '@posthorn/ui'
import { useState } from 'react'
import { navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type Asked, DeedButtons, DeedDialog, useShowMissed } from './endpoint-deeds.tsx'

const DEEDS = ['recover', 'replay-missing', 'disable', 'delete'] as const

export function EndpointActions({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [, setTask] = useSearchValue('task')
  const onEnabled = useShowMissed()
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
