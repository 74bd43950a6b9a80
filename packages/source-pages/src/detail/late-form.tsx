import type { SourceOut, SourceTypeOut } from '@posthorn/contracts/ingest'
import { Button, toast } from '@posthorn/ui'
import type { FormEvent } from 'react'
import { readSettings, SettingFields } from '../add/setting-fields.tsx'
import { usePatchSource } from '../api/source-actions.ts'
import { Failure } from '../parts/failure.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

export interface LateFormProps {
  readonly source: SourceOut
  readonly type: SourceTypeOut
}

/** For what the provider shows only once it has the URL; gone when it is all there. */
export function LateForm({ source, type }: LateFormProps) {
  const { may } = useHost()
  const patch = usePatchSource(source.id)
  const awaited = type.settings.filter(({ name, late }) => late && !source.settings.includes(name))
  if (awaited.length === 0 || !may.manage) return null
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const configChanges = readSettings(event.currentTarget, awaited)
    if (Object.keys(configChanges).length === 0) return
    const onSaved = () => toast(t('settings.saved'))
    // The form goes with the need for it, and a callback of `mutate` with the form.
    patch.mutateAsync({ configChanges }).then(onSaved, () => undefined)
  }
  return (
    <form className="card stack" onSubmit={save}>
      <h2>{t('late.title')}</h2>
      <p className="soft">{t('late.text')}</p>
      <SettingFields settings={awaited} values={{}} hidden={[]} error={patch.error} />
      <Failure error={patch.error} />
      <div className="row">
        <Button kind="primary" type="submit" disabled={patch.isPending}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}
