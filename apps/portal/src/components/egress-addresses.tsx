import { VisibleText } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { useDeliveryRules } from '../lib/use-delivery-rules.ts'
import { CopyButton } from './copy-button.tsx'

const KEPT_OUT: ReadonlySet<string> = new Set(['connect_timeout', 'http_403'])

/** Under a hint to let our addresses in: which they are, where that is known. */
export function EgressAddresses({ code }: { readonly code: string }) {
  const isKeptOut = KEPT_OUT.has(code)
  const { data } = useDeliveryRules(isKeptOut)
  const addresses = data?.egressAddresses ?? []
  if (!isKeptOut || addresses.length === 0) return null
  const text = addresses.join(', ')
  return (
    <p className="small row">
      <span>
        {t('egress')}{' '}
        <span className="mono">
          <VisibleText text={text} />
        </span>
      </span>
      <CopyButton what={t('egress.what')} text={() => text} />
    </p>
  )
}
