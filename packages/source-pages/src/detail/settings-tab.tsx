import type { SourceOut, SourceTypeOut } from '@posthorn/contracts/ingest'
import { Button, Field, formText, toast } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { readSettings, SettingFields } from '../add/setting-fields.tsx'
import { type SourceFields, usePatchSource } from '../api/source-actions.ts'
import { useSourceType } from '../api/source-queries.ts'
import { Failure, faultAt } from '../parts/failure.tsx'
import { labelsOf } from '../parts/labels.ts'
import { NoVerification } from '../parts/no-verification.tsx'
import { TextField } from '../parts/text-field.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { QuarantineFields, readQuarantine } from './quarantine-fields.tsx'
import { SecretForm } from './secret-form.tsx'
import { Triggers } from './triggers.tsx'

export function SettingsTab({ source }: { readonly source: SourceOut }) {
  const { QueryView } = useHost()
  const query = useSourceType(source.type)
  return (
    <div className="stack source-narrow">
      <QueryView query={query}>
        {(type) => (
          <>
            <SettingsForm source={source} type={type} />
            {type.key.field !== 'none' && <SecretForm source={source} type={type} />}
            <Triggers sourceId={source.id} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface FormProps {
  readonly source: SourceOut
  readonly type: SourceTypeOut
}

function SettingsForm({ source, type }: FormProps) {
  const patch = usePatchSource(source.id)
  const [isOpen, setIsOpen] = useState(source.options.noVerification)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = readFields(event.currentTarget, { source, type })
    patch.mutate(fields, { onSuccess: () => toast(t('settings.saved')) })
  }
  const hidden = source.settings.filter((name) => !Object.hasOwn(source.shownConfig, name))
  return (
    <form className="card stack" onSubmit={save}>
      <h2>{t('tab.settings')}</h2>
      <TextField
        label={t('field.name')}
        name="name"
        required
        maxLength={256}
        defaultValue={source.name}
        error={faultAt(patch.error, 'name')}
      />
      <SettingFields
        settings={type.settings}
        values={source.shownConfig}
        hidden={hidden}
        error={patch.error}
      />
      <Bodies source={source} />
      <TextField
        label={t('field.rate')}
        hint={t('field.rate.hint')}
        name="rate"
        type="number"
        min="0.1"
        step="0.1"
        defaultValue={source.options.rate ?? ''}
        error={faultAt(patch.error, 'options', 'rate')}
      />
      {source.type !== 'cron' && <QuarantineFields options={source.options} error={patch.error} />}
      <NoVerification type={type} isOpen={isOpen} onChange={setIsOpen} />
      <Failure error={patch.error} />
      <div className="row">
        <Button kind="primary" type="submit" disabled={patch.isPending}>
          {labelsOf(source.type).save}
        </Button>
      </div>
    </form>
  )
}

function Bodies({ source }: { readonly source: SourceOut }) {
  return (
    <Field label={t('field.bodies')}>
      {(control) => (
        <select {...control} className="input" name="bodies" defaultValue={source.options.bodies}>
          <option value="original">{t('field.bodies.original')}</option>
          <option value="json">{t('field.bodies.json')}</option>
        </select>
      )}
    </Field>
  )
}

/** A blank setting is removed where it was shown; where it is hidden it stays. */
function readFields(form: HTMLFormElement, { source, type }: FormProps): SourceFields {
  const entered = readSettings(form, type.settings)
  const removed = Object.keys(source.shownConfig).filter((name) => !Object.hasOwn(entered, name))
  const rate = formText(form, 'rate')
  return {
    name: formText(form, 'name'),
    configChanges: { ...entered, ...Object.fromEntries(removed.map((name) => [name, null])) },
    options: {
      noVerification: formText(form, 'open') !== '',
      rate: rate === '' ? null : Number(rate),
      bodies: formText(form, 'bodies') === 'json' ? 'json' : 'original',
      ...readQuarantine(form),
    },
  }
}
