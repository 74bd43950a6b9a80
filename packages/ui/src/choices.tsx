import { isLocale, keepLocale, type Locale, LOCALES, useLocale } from './locale.ts'
import type { Translate } from './texts.ts'
import { isTheme, useThemeChoice } from './theme-choice.ts'
import type { Theme } from './theme.ts'

export interface ChoicesProps {
  readonly t: Translate<'layout.locale' | 'layout.theme' | `layout.theme.${Theme}`>
  readonly chooseLocale: (locale: Locale) => Promise<void>
}

/** Language and colours, in the header of a page. */
export function Choices({ t, chooseLocale }: ChoicesProps) {
  const locale = useLocale()
  const { theme, setTheme, isForced } = useThemeChoice()
  const setLocale = (name: string) => {
    if (!isLocale(name)) return
    keepLocale(name)
    void chooseLocale(name)
  }
  return (
    <div className="row choices">
      <select
        className="input"
        aria-label={t('layout.locale')}
        value={locale}
        onChange={({ target }) => setLocale(target.value)}
      >
        {Object.entries(LOCALES).map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      {!isForced && (
        <select
          className="input"
          aria-label={t('layout.theme')}
          value={theme}
          onChange={({ target }) => isTheme(target.value) && setTheme(target.value)}
        >
          {(['system', 'light', 'dark'] as const).map((name) => (
            <option key={name} value={name}>
              {t(`layout.theme.${name}`)}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
