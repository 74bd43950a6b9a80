import { CodeBlock } from '@posthorn/ui'
import { TextField } from '../../../components/text-field.tsx'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { askedOf, faultsOf, type Look } from '../look.ts'
import '../settings.css'
import { ThemeSample } from './theme-sample.tsx'

const FIELDS = ['primaryColorLight', 'primaryColorDark', 'fontFamily', 'radius'] as const

/** Tries how a portal may look. It is stored nowhere: the portal takes it from its address, or from what embeds it. */
export function ThemePreview() {
  const [primaryColorLight, setLight] = useSearchValue('primaryColorLight')
  const [primaryColorDark, setDark] = useSearchValue('primaryColorDark')
  const [fontFamily, setFont] = useSearchValue('fontFamily')
  const [radius, setRadius] = useSearchValue('radius')
  const look: Look = { primaryColorLight, primaryColorDark, fontFamily, radius }
  const setters = {
    primaryColorLight: setLight,
    primaryColorDark: setDark,
    fontFamily: setFont,
    radius: setRadius,
  }
  const faults = faultsOf(look)
  return (
    <section className="card stack" aria-labelledby="theme">
      <h2 id="theme">{t('theme.title')}</h2>
      <p className="soft">{t('theme.text')}</p>
      <div className="theme-fields">
        {FIELDS.map((name) => (
          <TextField
            key={name}
            label={t(`theme.${name}`)}
            hint={t(`theme.${name}.hint`)}
            value={look[name]}
            error={faults.includes(name) ? t(`theme.${name}.fault`) : undefined}
            onChange={({ target }) => setters[name](target.value.trim() === '' ? '' : target.value)}
          />
        ))}
      </div>
      <div className="theme-samples">
        <ThemeSample look={look} theme="light" color={primaryColorLight} />
        <ThemeSample look={look} theme="dark" color={primaryColorDark} />
      </div>
      <Code look={look} />
    </section>
  )
}

function Code({ look }: { readonly look: Look }) {
  const asked = askedOf(look)
  if (asked.length === 0) return <p className="small soft">{t('theme.nothing')}</p>
  const member = ([name, value]: readonly [string, string]) => `${name}: ${JSON.stringify(value)}`
  const part = `<PosthornPortal url={url} theme={{ ${asked.map(member).join(', ')} }} />`
  return (
    <>
      <CodeBlock label={t('theme.address')} text={new URLSearchParams(asked).toString()} />
      <CodeBlock label={t('theme.react')} text={part} />
    </>
  )
}
