import type { DeliveryRulesOut } from '@posthorn/contracts/delivery-rules'
import { useQuery } from '@tanstack/react-query'
import { useAppId, useTransport } from './client.tsx'

/** What holds for every endpoint that says nothing else; `isAsked` false: not read. */
export function useDeliveryRules(isAsked = true) {
  const appId = useAppId()
  const transport = useTransport()
  return useQuery({
    queryKey: ['delivery-rules'],
    queryFn: ({ signal }) =>
      transport.json<DeliveryRulesOut>({ path: `/app/${appId}/delivery-rules`, signal }),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
