import type { EndpointHeadersOut } from '@posthorn/contracts'
import { Button } from './button.tsx'
import { VisibleText } from './visible-text.tsx'
import { t } from './words.ts'

interface HeaderListProps {
  readonly headers: EndpointHeadersOut
  /** Absent: they can't be changed here. */
  readonly onRemove?: ((name: string) => void) | undefined
}

/** The custom headers of an endpoint; of those that hold credentials only that they are set. */
export function HeaderList({ headers: { headers, sensitive }, onRemove }: HeaderListProps) {
  const rows = [...Object.entries(headers), ...sensitive.map((name) => [name, null] as const)]
  if (rows.length === 0) return <p className="soft">{t('headers.none')}</p>
  return (
    <ul className="stack stack-small plain-list">
      {rows.map(([name, value]) => (
        <li key={name} className="row row-between">
          <span className="mono header-text">
            <VisibleText text={name} />:{' '}
            {value === null ? (
              <em className="soft">{t('headers.withheld')}</em>
            ) : (
              <VisibleText text={value} />
            )}
          </span>
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
