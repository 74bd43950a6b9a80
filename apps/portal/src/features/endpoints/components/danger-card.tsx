import type { EndpointOut } from '@posthorn/contracts'
import { useState } from 'react'
import { navigate } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type Asked, DeedButtons, DeedDialog, useShowMissed } from './endpoint-deeds.tsx'

const DEEDS = ['disable', 'delete'] as const

/** What stops an endpoint, or ends it: each says before what it comes to. */
export function DangerCard({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const onEnabled = useShowMissed()
  return (
    <section className="card stack danger-card">
      <h2>{t('setting.danger')}</h2>
      <p className="soft">{t('setting.danger.text')}</p>
      <div className="row">
        <DeedButtons deeds={DEEDS} onAsk={setAsked} {...{ endpoint, onEnabled }} />
      </div>
      <DeedDialog
        {...{ endpoint, asked }}
        onClose={() => setAsked(null)}
        onDeleted={() => navigate('/endpoints')}
        onStarted={() => undefined}
      />
    </section>
  )
}
