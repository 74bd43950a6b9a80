import type { SourceOut, SourceTypeOut } from '@posthorn/contracts/ingest'
import { Button, toast } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { SecretField } from '../add/secret-field.tsx'
import { usePatchSource } from '../api/source-actions.ts'
import { Failure, faultAt } from '../parts/failure.tsx'
import { useMadeSecrets } from '../parts/made-secrets.tsx'
import { isSecretMade } from '../set-up/secret-order.ts'
import { t } from '../text.ts'

export interface SecretFormProps {
  readonly source: SourceOut
  readonly type: SourceTypeOut
}

/** Takes the place of every secret that there is. */
export function SecretForm({ source, type }: SecretFormProps) {
  const patch = usePatchSource(source.id)
  const made = useMadeSecrets()
  const [secret, setSecret] = useState('')
  const { label, field } = type.key
  const save = (event: FormEvent) => {
    event.preventDefault()
    const value = secret.trim()
    if (value === '') return
    const onSaved = () => {
      toast(t('secret.saved'))
      if (isSecretMade(type)) made.remember(source.id, value)
      setSecret('')
    }
    // A callback of `mutate` is lost where the form goes with the need for a secret; `patch.error` tells of failure.
    patch.mutateAsync({ secrets: [value] }).then(onSaved, () => undefined)
  }
  return (
    <form className="card stack" onSubmit={save}>
      <h2>{label}</h2>
      <SecretField
        label={t('secret.new')}
        value={secret}
        onChange={setSecret}
        isMade={isSecretMade(type)}
        hint={t('secret.count', { n: source.secrets })}
        error={faultAt(patch.error, 'config', field) ?? faultAt(patch.error, 'secrets')}
      />
      <Failure error={patch.error} />
      <div className="row">
        <Button kind="primary" type="submit" disabled={patch.isPending}>
          {t('secret.save')}
        </Button>
      </div>
    </form>
  )
}
