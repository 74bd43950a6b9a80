import { VisibleText } from '@posthorn/ui'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'

export interface NamedApplication {
  readonly id: string
  /** Null: deleted. */
  readonly name: string | null
}

/** The applications that a key or a user is limited to, each leading to its page. */
export function LimitNames({
  applications,
}: {
  readonly applications: readonly NamedApplication[]
}) {
  return applications.map(({ id, name }, index) => (
    <span key={id}>
      {index > 0 && ', '}
      {name === null ? (
        t('limit.gone')
      ) : (
        <Link to={`/applications/${id}`}>
          <VisibleText text={name} />
        </Link>
      )}
    </span>
  ))
}
