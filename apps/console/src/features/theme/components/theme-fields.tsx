import type { ThemeName, ThemeValue } from '@posthorn/contracts/portal-theme'
import { Button, Field } from '@posthorn/ui'
import { useState } from 'react'
import { TextField } from '../../../components/text-field.tsx'
import { formatBytes } from '../../../lib/format-bytes.ts'
import { t } from '../../../lib/text.ts'

export interface ThemeFieldProps {
  readonly name: ThemeName
  /** Empty: nothing is chosen here. */
  readonly value: string
  /** What holds without a choice. */
  readonly inherited: ThemeValue | null
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

export function ValueField({ name, value, inherited, error, onChange }: ThemeFieldProps) {
  return (
    <TextField
      label={t(`theme.${name}`)}
      hint={<Hint name={name} value={value} inherited={inherited} />}
      name={name}
      value={value}
      placeholder={inherited?.value ?? ''}
      error={error}
      onChange={({ target }) => onChange(target.value.trim() === '' ? '' : target.value)}
    />
  )
}

type HintProps = Pick<ThemeFieldProps, 'name' | 'value' | 'inherited'>

function Hint({ name, value, inherited }: HintProps) {
  const source = value === '' ? (inherited?.source ?? 'default') : 'console'
  return (
    <>
      {t(`theme.hint.${name}`)} · {t('settings.source')}: {t(`source.${source}`)}
    </>
  )
}

export function DensityField({ name, value, inherited, error, onChange }: ThemeFieldProps) {
  return (
    <Field
      label={t('theme.density')}
      hint={<Hint name={name} value={value} inherited={inherited} />}
      error={error}
    >
      {(control) => (
        <select
          className="input"
          value={value}
          onChange={({ target }) => onChange(target.value)}
          {...control}
        >
          <option value="">{t('theme.density.none')}</option>
          <option value="comfortable">{t('theme.density.comfortable')}</option>
          <option value="compact">{t('theme.density.compact')}</option>
        </select>
      )}
    </Field>
  )
}

/** As data: URLs, in base64, such a file is as long as the server takes. */
const MAX_FILE_BYTES = 12_200

interface ImageFieldProps extends ThemeFieldProps {
  /** Of other hosts that images may come from. */
  readonly origins: readonly string[]
}

/** An image that comes with the page, from a file; or a URL. */
export function ImageField(props: ImageFieldProps) {
  const { name, value, inherited, error, onChange, origins } = props
  const [fault, setFault] = useState<string>()
  const isInPage = value.startsWith('data:')
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const isFit = file.size <= MAX_FILE_BYTES && file.type.startsWith('image/')
    setFault(isFit ? undefined : t('theme.file.fault', { size: formatBytes(MAX_FILE_BYTES) }))
    if (isFit) onChange(await dataUrlOf(file))
  }
  const from = origins.length === 0 ? t('theme.origins.none') : origins.join(', ')
  return (
    <fieldset className="theme-image stack stack-small">
      <legend className="field-label">{t(`theme.${name}`)}</legend>
      {isInPage ? (
        <div className="row">
          <img className="theme-image-shown" src={value} alt="" />
          <Button size="small" onClick={() => onChange('')}>
            {t('theme.file.remove')}
          </Button>
        </div>
      ) : (
        <TextField
          label={t('theme.image.url')}
          hint={t('theme.image.url.hint', { origins: from })}
          value={value}
          onChange={({ target }) => onChange(target.value.trim())}
        />
      )}
      <Field
        label={t('theme.file')}
        hint={<Hint name={name} value={value} inherited={inherited} />}
        error={fault ?? error}
      >
        {(control) => (
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp,image/gif,image/svg+xml"
            onChange={({ target }) => void take(target.files?.[0])}
            {...control}
          />
        )}
      </Field>
    </fieldset>
  )
}

function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? reader.result : ''),
    )
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.readAsDataURL(file)
  })
}
