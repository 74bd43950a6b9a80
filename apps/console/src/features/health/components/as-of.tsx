import { FullTime } from '../../../components/time.tsx'
import { t } from '../../../lib/text.ts'

/** Since when it is as it is shown: it refreshes itself. */
export function AsOf({ at }: { readonly at: string }) {
  return (
    <span className="small soft">
      {t('health.asOf')} <FullTime at={at} />
    </span>
  )
}

/** Of an answer that names no moment: when it came. */
export function AsOfAnswer({ query }: { readonly query: { readonly dataUpdatedAt: number } }) {
  if (query.dataUpdatedAt === 0) return null
  return <AsOf at={new Date(query.dataUpdatedAt).toISOString()} />
}
