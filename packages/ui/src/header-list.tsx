import type { EndpointHeadersOut } from '@posthorn/contracts'
import { Button } from './button.tsx'
import { CopyButton } from './own-copy-button.ts'
import { FullTime } from './time.tsx'
import { VisibleText } from './visible-text.tsx'
import { t } from './words.ts'

interface HeaderListProps {
  readonly headers: EndpointHeadersOut
  /** Of those that are withheld, by the name in lower case: when they were set, as far as it is known. */
  readonly setAt?: ReadonlyMap<string, string>
  /** Absent: they can't be changed here. */
  readonly onRemove?: ((name: string) => void) | undefined
}

/** The custom headers of an endpoint; of those that hold credentials only that they are set. */
export function HeaderList({ headers: { headers, sensitive }, setAt, onRemove }: HeaderListProps) {
  const rows = [...Object.entries(headers), ...sensitive.map((name) => [name, null] as const)]
  if (rows.length === 0) return <p className="soft">{t('headers.none')}</p>
  return (
    <ul className="stack stack-small plain-list">
      {rows.map(([name, value]) => (
        <li key={name} className="row row-between">
          <span className="mono header-text">
            <VisibleText text={name} />:{' '}
            {value === null ? (
              <Withheld at={setAt?.get(name.toLowerCase())} />
            ) : (
              <VisibleText text={value} />
            )}
          </span>
          {value !== null && <CopyButton what={name} text={() => value} />}
          {onRemove !== undefined && (
            <Button
              size="small"
              aria-label={t('headers.removeLabel', { name })}
              onClick={() => onRemove(name)}
            >
              {t('headers.remove')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Withheld({ at }: { readonly at: string | undefined }) {
  return (
    <span className="soft">
      <em>{t('headers.withheld')}</em>
      {at !== undefined && (
        <>
          {' '}
          ({t('headers.setOn')} <FullTime at={at} />)
        </>
      )}
    </span>
  )
}
