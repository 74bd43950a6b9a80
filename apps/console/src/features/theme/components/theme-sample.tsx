import {
  accentContrast,
  accentPair,
  Badge,
  Button,
  formatNumber,
  lookTokens,
  normalHex,
  Notice,
  surfaceGrounds,
  VisibleText,
} from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { type Look, tokensOf, valuesOf } from '../look.ts'

interface ThemeSampleProps {
  readonly look: Look
  readonly theme: 'light' | 'dark'
}

/** What a portal consists of, as it would look, and what was done to its colours for it. */
export function ThemeSample({ look, theme }: ThemeSampleProps) {
  return (
    <div className="stack stack-small">
      <h3>{t(`theme.${theme}`)}</h3>
      {/* Looked at, not used: inert keeps it out of the way of keys and screen readers. */}
      <div className="theme-sample stack" data-theme={theme} style={tokensOf(look, theme)} inert>
        <SampleHeader look={look} theme={theme} />
        <div className="card stack stack-small">
          <strong>{t('theme.sample.title')}</strong>
          <span className="row">
            <a className="strong-link" href="#theme">
              https://example.com/webhooks
            </a>
            <Badge tone="good">{t('theme.sample.state')}</Badge>
          </span>
          <p className="soft">{t('theme.sample.text')}</p>
          <div className="row">
            <Button kind="primary">{t('theme.sample.primary')}</Button>
            <Button>{t('theme.sample.other')}</Button>
          </div>
        </div>
      </div>
      <Contrast look={look} theme={theme} />
      <SurfaceShift look={look} theme={theme} />
    </div>
  )
}

function SampleHeader({ look, theme }: ThemeSampleProps) {
  const [own, other] =
    theme === 'light' ? [look.logoLight, look.logoDark] : [look.logoDark, look.logoLight]
  const logo = own === '' ? other : own
  return (
    <div className="row">
      {logo !== '' && <img className="theme-image-shown" src={logo} alt="" />}
      <strong>
        <VisibleText text={look.productName === '' ? t('theme.sample.name') : look.productName} />
      </strong>
      {look.supportLink !== '' && <a href="#theme">{t('theme.sample.support')}</a>}
    </div>
  )
}

/** What WCAG 2.2 asks of text, and of what is no text. */
const TEXT = 4.5
const FILL = 3

function Contrast({ look, theme }: ThemeSampleProps) {
  const { accent: color = '', surface = '' } = valuesOf(look, theme)
  const grounds = surfaceGrounds(surface, theme) ?? undefined
  const given = accentContrast(color, theme, grounds)
  const pair = accentPair(color, theme, grounds)
  if (given === null || pair === null) return null
  const used = accentContrast(pair.accent, theme, grounds) ?? 0
  const values = { given: ratio(given), color, accent: pair.accent, used: ratio(used) }
  if (given >= TEXT && pair.accent === normalHex(color))
    return <p className="small soft">{t('theme.contrast.good', values)}</p>
  return (
    <Notice tone="warn">
      <p>{t(given < FILL ? 'theme.contrast.shiftedFill' : 'theme.contrast.shifted', values)}</p>
    </Notice>
  )
}

function SurfaceShift({ look, theme }: ThemeSampleProps) {
  const { '--surface': surface } = lookTokens({ surface: look.surface }, theme)
  if (surface === undefined) return null
  const values = { color: look.surface, surface }
  const isKept = surface === normalHex(look.surface)
  return (
    <p className="small soft">
      {t(isKept ? 'theme.surface.good' : 'theme.surface.shifted', values)}
    </p>
  )
}

/** Not rounded up: 4.48 is not enough. */
function ratio(value: number): string {
  return `${formatNumber(Math.floor(value * 100) / 100)}:1`
}
