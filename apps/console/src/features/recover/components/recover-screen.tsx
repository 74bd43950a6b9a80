import type { ScreenProps } from '../../../app/sections.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { usePlace } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { readSelection, readTypes } from '../selection.ts'
import { Chooser } from './chooser.tsx'
import { RecoverForm } from './recover-form.tsx'
import { Recoveries } from './recoveries.tsx'
import { RecoveryScreen } from './recovery-screen.tsx'

export function RecoverScreen({ parts: [id] }: ScreenProps) {
  const { search } = usePlace()
  const selection = readSelection(search)
  if (id !== undefined && id !== '') return <RecoveryScreen key={id} id={id} />
  return (
    <div className="stack">
      <ScreenHeader title={t('recover.title')} />
      {selection === null ? (
        <>
          <Chooser />
          <Recoveries />
        </>
      ) : (
        <RecoverForm
          key={`${search}`}
          selection={selection}
          failingSince={search.get('since')}
          ofTypes={readTypes(search.get('types') ?? '') ?? []}
        />
      )}
    </div>
  )
}
