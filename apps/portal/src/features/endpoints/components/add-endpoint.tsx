import { randomKey } from '@posthorn/client'
import { toast } from '@posthorn/ui'
import { useState } from 'react'
import { Forbidden } from '../../../components/forbidden.tsx'
import { useMay } from '../../../lib/client.tsx'
import { PageName } from '../../../lib/page-name.tsx'
import { Link, navigate } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useCreateEndpoint } from '../api/endpoint-queries.ts'
import { EMPTY_DRAFT } from './endpoint-draft.ts'
import { EndpointForm } from './endpoint-form.tsx'

export function AddEndpointPage() {
  const create = useCreateEndpoint()
  // A key per attempt at the form: a second click of the same form adds nothing twice.
  const [key, setKey] = useState(randomKey)
  if (!useMay('ManageEndpoint')) return <Forbidden isPage />
  return (
    <div className="stack page-narrow">
      <p>
        <Link to="/endpoints">
          <PageName of="endpoints" />
        </Link>
      </p>
      <h1>{t('endpoints.add')}</h1>
      <EndpointForm
        initial={EMPTY_DRAFT}
        submitLabel={t('form.create')}
        isSaving={create.isPending}
        error={create.error}
        onSubmit={(fields) =>
          create.mutate(
            { fields, key },
            {
              onSuccess: (endpoint) => {
                toast(t('endpoints.added'))
                navigate(`/endpoints/${endpoint.id}`)
              },
              onError: () => setKey(randomKey()),
            },
          )
        }
      />
    </div>
  )
}
