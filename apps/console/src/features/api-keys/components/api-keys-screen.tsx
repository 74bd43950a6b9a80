import type { ApiKeyOut } from '@posthorn/contracts'
import { Button, Empty } from '@posthorn/ui'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { useNewDialog } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { KeyTable } from './key-table.tsx'

export function ApiKeysScreen() {
  const query = usePages<ApiKeyOut>('/api-key')
  const [isCreating, setIsCreating] = useNewDialog()
  const create = (
    <Button kind="primary" onClick={() => setIsCreating(true)}>
      {t('apiKeys.create')}
    </Button>
  )
  return (
    <div className="stack">
      <ScreenHeader title={t('apiKeys.title')}>{create}</ScreenHeader>
      <QueryView query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <div className="card">
              <Empty title={t('apiKeys.empty')}>
                <p>{t('apiKeys.empty.text')}</p>
              </Empty>
            </div>
          ) : (
            <div className="card card-flush">
              <KeyTable keys={keys} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} />
      {isCreating && <CreateKeyDialog onClose={() => setIsCreating(false)} />}
    </div>
  )
}
