import '@posthorn/source-pages/styles.css'
import { type SourceHost, SourcePages } from '@posthorn/source-pages'
import { Skeleton } from '@posthorn/ui'
import { useMemo } from 'react'
import { CopyButton } from '../../../components/copy-button.tsx'
import { Forbidden } from '../../../components/forbidden.tsx'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { useMay, useTransport } from '../../../lib/client.tsx'
import { Link, navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

/** The pages that the console has too, for the one application and by what the token grants. */
export function SourcesPage({ parts }: { readonly parts: readonly string[] }) {
  const transport = useTransport()
  const mayManage = useMay('ManageSources')
  const mayEndpoints = useMay('ManageEndpoint')
  const host = useMemo<SourceHost>(
    () => ({
      ...LENT,
      transport,
      may: {
        manage: mayManage,
        release: mayManage,
        try: mayManage,
        deleteTriggered: mayManage && mayEndpoints,
        readContent: true,
      },
    }),
    [transport, mayManage, mayEndpoints],
  )
  return <SourcePages {...{ host, parts }} loading={<Skeleton label={t('state.loading')} />} />
}

const LENT = {
  Forbidden,
  choosesApplication: false,
  messagePath: (id: string) => `/messages/${encodeURIComponent(id)}`,
  navigate,
  useSearchValue,
  describeError,
  Link,
  QueryView,
  CopyButton,
}
