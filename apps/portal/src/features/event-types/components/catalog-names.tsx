import { formatNumber } from '@posthorn/ui'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

export interface CatalogNamesProps {
  readonly names: readonly string[]
  readonly chosen: string | null
  readonly search: string
}

/** By their first words: those that share one can be folded away together. */
export function CatalogNames({ names, ...shown }: CatalogNamesProps) {
  const groups = [...Map.groupBy(names, groupOf)]
  return (
    <ul className="plain-list catalog-names">
      {groups.map(([group, members]) => (
        <li key={group}>
          {members.length === 1 ? (
            <Name name={members[0] ?? group} {...shown} />
          ) : (
            <details open>
              <summary className="small soft">
                <span className="mono">{group}</span>{' '}
                {t('eventTypes.group', { n: formatNumber(members.length) })}
              </summary>
              <ul className="plain-list catalog-group">
                {members.map((name) => (
                  <li key={name}>
                    <Name name={name} {...shown} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

function groupOf(name: string): string {
  return name.split('.')[0] ?? name
}

interface NameProps extends Omit<CatalogNamesProps, 'names'> {
  readonly name: string
}

function Name({ name, chosen, search }: NameProps) {
  const query = search === '' ? '' : `?q=${encodeURIComponent(search)}`
  return (
    <Link
      className="mono"
      to={`/event-types/${name}${query}`}
      aria-current={name === chosen ? 'page' : undefined}
    >
      {name}
    </Link>
  )
}
