import { t } from '../../../lib/text.ts'
import { useApplication } from '../../../lib/use-application.ts'

/** What an endpoint without a limit of its own is held to. Null: nothing; undefined: not known. */
export function useRateOfApplication(): number | null | undefined {
  const { data } = useApplication()
  return data === undefined ? undefined : (data.throttleRate ?? null)
}

/** At most how many messages a second an endpoint with that limit of its own is sent. */
export function Rate({ own }: { readonly own: number | null }) {
  const ofApplication = useRateOfApplication()
  if (own !== null) return t('filter.rate', { n: own })
  if (ofApplication === undefined) return '–'
  if (ofApplication === null) return t('filter.noRate')
  return t('filter.rateOfApplication', { n: ofApplication })
}

export function useRateHint(): string {
  const ofApplication = useRateOfApplication()
  if (ofApplication === undefined) return t('form.throttleRate.hintUnknown')
  if (ofApplication === null) return t('form.throttleRate.hint')
  return t('form.throttleRate.hintOfApplication', { n: ofApplication })
}
