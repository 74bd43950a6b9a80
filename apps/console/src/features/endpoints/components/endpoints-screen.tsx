import { Empty } from '@posthorn/ui'
import type { ScreenProps } from '../../../app/sections.tsx'
import { t } from '../../../lib/text.ts'
import { EndpointScreen } from './endpoint-screen.tsx'

/** `/endpoints/<application>/<endpoint>`: reached from a customer, a message or a search. */
export function EndpointsScreen({ parts: [appId = '', endpointId = ''] }: ScreenProps) {
  if (appId === '' || endpointId === '')
    return (
      <Empty isPage title={t('state.notFound.title')}>
        <p>{t('endpoints.none')}</p>
      </Empty>
    )
  return <EndpointScreen key={endpointId} appId={appId} endpointId={endpointId} />
}
