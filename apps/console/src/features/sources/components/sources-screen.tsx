import '@posthorn/source-pages/styles.css'
import { type SourceHost, SourcePages } from '@posthorn/source-pages'
import { Skeleton } from '@posthorn/ui'
import { useMemo } from 'react'
import type { ScreenProps } from '../../../app/sections.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { NeedsRole } from '../../../components/needs-role.tsx'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { Link, navigate, useSearchValue } from '../../../lib/router.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

/** The pages that the portal has too, for all of the organisation and by role. */
export function SourcesScreen({ parts }: ScreenProps) {
  const transport = useTransport()
  const manage = useMayAs('admin')
  const support = useMayAs('support')
  const host = useMemo<SourceHost>(
    () => ({
      ...LENT,
      transport,
      may: {
        manage,
        release: support,
        try: support,
        deleteTriggered: manage,
        readContent: support,
      },
    }),
    [transport, manage, support],
  )
  return <SourcePages {...{ host, parts }} loading={<Skeleton label={t('state.loading')} />} />
}

const LENT = {
  Forbidden: () => <NeedsRole role="admin" />,
  choosesApplication: true,
  messagePath: (id: string, appId: string) => `/messages/${appId}/${id}`,
  navigate,
  useSearchValue,
  describeError,
  Link,
  QueryView,
  CopyButton,
}
