import { Button } from '@posthorn/ui'
import type { FormEvent } from 'react'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { Link, navigate } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

/** Where nothing led here: which endpoints are meant. */
export function Chooser() {
  return (
    <section className="card stack">
      <p>{t('recover.choose')}</p>
      <div className="recover-ways">
        <Way name="host" example="hooks.example.com" />
        <Way name="application" example="app_…" />
      </div>
      <p className="row">
        <Link className="button" to="/recover?failing=1">
          {t('recover.choose.failing')}
        </Link>
        <Link to="/outages">{t('recover.choose.outages')}</Link>
      </p>
    </section>
  )
}

function Way({
  name,
  example,
}: {
  readonly name: 'host' | 'application'
  readonly example: string
}) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const value = formText(event.currentTarget, name)
    navigate(`/recover?${new URLSearchParams({ [name]: value })}`)
  }
  return (
    <form className="row recover-way" onSubmit={onSubmit}>
      <TextField
        label={t(`recover.choose.${name}`)}
        name={name}
        placeholder={example}
        required
        maxLength={255}
      />
      <Button type="submit" aria-label={t(`recover.choose.${name}.submit`)}>
        {t('action.continue')}
      </Button>
    </form>
  )
}
