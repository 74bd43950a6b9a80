import { t } from '../../../lib/text.ts'
import { useApplication } from '../../../lib/use-application.ts'

/** What an endpoint without a limit of its own is held to. Null: nothing, as far as is known. */
export function useRateOfApplication(): number | null {
  return useApplication().data?.throttleRate ?? null
}

/** At most how many messages a second an endpoint with that limit of its own is sent. */
export function Rate({ own }: { readonly own: number | null }) {
  const ofApplication = useRateOfApplication()
  if (own !== null) return t('filter.rate', { n: own })
  if (ofApplication !== null) return t('filter.rateOfApplication', { n: ofApplication })
  return t('filter.noRate')
}

export function useRateHint(): string {
  const ofApplication = useRateOfApplication()
  if (ofApplication === null) return t('form.throttleRate.hint')
  return t('form.throttleRate.hintOfApplication', { n: ofApplication })
}
