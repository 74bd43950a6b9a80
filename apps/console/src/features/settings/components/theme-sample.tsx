import {
  accentContrast,
  accentPair,
  Badge,
  Button,
  formatNumber,
  normalHex,
  Notice,
} from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { type Look, tokensOf } from '../look.ts'

interface ThemeSampleProps {
  readonly look: Look
  readonly theme: 'light' | 'dark'
  readonly color: string
}

/** What a portal consists of, as it would look, and what was done to the colour for it. */
export function ThemeSample({ look, theme, color }: ThemeSampleProps) {
  return (
    <div className="stack stack-small">
      <h3>{t(`theme.${theme}`)}</h3>
      {/* Looked at, not used: inert keeps it out of the way of keys and screen readers. */}
      <div className="theme-sample stack" data-theme={theme} style={tokensOf(look, theme)} inert>
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
      <Contrast theme={theme} color={color} />
    </div>
  )
}

/** What WCAG 2.2 asks of text, and of what is no text. */
const TEXT = 4.5
const FILL = 3

function Contrast({ theme, color }: Pick<ThemeSampleProps, 'theme' | 'color'>) {
  const given = accentContrast(color, theme)
  const pair = accentPair(color, theme)
  if (given === null || pair === null) return null
  const used = accentContrast(pair.accent, theme) ?? 0
  const values = { given: ratio(given), color, accent: pair.accent, used: ratio(used) }
  if (given >= TEXT && pair.accent === normalHex(color))
    return <p className="small soft">{t('theme.contrast.good', values)}</p>
  return (
    <Notice tone="warn">
      <p>{t(given < FILL ? 'theme.contrast.shiftedFill' : 'theme.contrast.shifted', values)}</p>
    </Notice>
  )
}

/** Not rounded up: 4.48 is not enough. */
function ratio(value: number): string {
  return `${formatNumber(Math.floor(value * 100) / 100)}:1`
}
