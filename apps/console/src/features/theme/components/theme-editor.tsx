import type { PortalThemeOut, ThemeName } from '@posthorn/contracts/portal-theme'
import { Button, CodeBlock, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { askedOf, faultsOf, givenOf, IMAGES, type Look } from '../look.ts'
import { chosenLook, inheritedLook, THEME } from '../theme-query.ts'
import '../theme.css'
import { DensityField, ImageField, ValueField } from './theme-fields.tsx'
import { ThemeSample } from './theme-sample.tsx'

const TEXTS = [
  'productName',
  'supportLink',
  'primaryColorLight',
  'primaryColorDark',
  'surface',
  'fontFamily',
  'radius',
  'labelEndpoints',
  'labelMessages',
  'labelEventTypes',
] as const

export function ThemeEditor({ stored }: { readonly stored: PortalThemeOut }) {
  const [look, setLook] = useState(() => chosenLook(stored))
  const inherited = inheritedLook(stored)
  const save = useSave()
  const faults = faultsOf(look)
  const errorOf = (name: ThemeName) => {
    const fault = faults.find((one) => one === name)
    return fault === undefined ? faultOf(save.error, name) : t(`theme.fault.${fault}`)
  }
  const fieldOf = (name: ThemeName) => ({
    name,
    value: look[name],
    inherited: stored.inherited.find((one) => one.name === name) ?? null,
    error: errorOf(name),
    onChange: (value: string) => setLook((before) => ({ ...before, [name]: value })),
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(look)
  }
  return (
    <>
      <Preview look={withInherited(look, inherited)} />
      <form className="card stack" onSubmit={onSubmit} aria-label={t('theme.title')}>
        <div className="theme-fields">
          {TEXTS.map((name) => (
            <ValueField key={name} {...fieldOf(name)} />
          ))}
          <DensityField {...fieldOf('density')} />
          {IMAGES.map((name) => (
            <ImageField key={name} {...fieldOf(name)} origins={stored.imageOrigins} />
          ))}
        </div>
        <FormError error={save.error} />
        <div className="row">
          <Button kind="primary" type="submit" disabled={save.isPending || faults.length > 0}>
            {t('action.save')}
          </Button>
          <Button onClick={() => setLook(chosenLook(stored))}>{t('theme.reset')}</Button>
        </div>
      </form>
      <Code look={look} />
    </>
  )
}

function withInherited(look: Look, inherited: Look): Look {
  return { ...inherited, ...givenOf(look) }
}

function Preview({ look }: { readonly look: Look }) {
  return (
    <section className="card stack" aria-labelledby="theme-preview">
      <h2 id="theme-preview">{t('theme.preview')}</h2>
      <div className="theme-samples">
        <ThemeSample look={look} theme="light" />
        <ThemeSample look={look} theme="dark" />
      </div>
    </section>
  )
}

/** For one link or one place alone. */
function Code({ look }: { readonly look: Look }) {
  const asked = askedOf(look)
  if (asked.length === 0) return null
  const member = ([name, value]: readonly [string, string]) => `${name}: ${JSON.stringify(value)}`
  const part = `<PosthornPortal url={url} theme={{ ${asked.map(member).join(', ')} }} />`
  return (
    <section className="card stack" aria-labelledby="theme-code">
      <h2 id="theme-code">{t('theme.code')}</h2>
      <p className="soft">{t('theme.code.text')}</p>
      <CodeBlock label={t('theme.address')} text={new URLSearchParams(asked).toString()} />
      <CodeBlock label={t('theme.react')} text={part} />
    </section>
  )
}

function useSave() {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (look: Look) =>
      transport.json<PortalThemeOut>({ method: 'PUT', path: THEME, body: givenOf(look) }),
    onSuccess: (stored) => {
      queries.setQueryData([THEME], stored)
      toast(t('theme.saved'))
    },
  })
}
