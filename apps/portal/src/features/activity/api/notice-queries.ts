import type {
  NoticeAddressList,
  NoticeAddressOut,
  NoticeKind,
} from '@posthorn/contracts/notice-address'
import { currentLocale, useAction } from '@posthorn/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAppId, useTransport } from '../../../lib/client.tsx'

const KEY = ['notice-addresses']
/** Confirmed elsewhere, in whatever reads the mail. Where none is sent, that stays so. */
const LOOK_MS = 15_000

function usePath(): string {
  return `/app/${useAppId()}/notice-address`
}

export function useNoticeAddresses() {
  const transport = useTransport()
  const path = usePath()
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => transport.json<NoticeAddressList>({ path, signal }),
    refetchInterval: ({ state: { data } }) => (data?.isAvailable === false ? false : LOOK_MS),
  })
}

export interface NoticeAddressFields {
  readonly email: string
  readonly notices: readonly NoticeKind[]
}

export function useAddNoticeAddress() {
  const transport = useTransport()
  const path = usePath()
  const onSuccess = useRefresh()
  return useAction({
    mutationFn: (fields: NoticeAddressFields) => {
      const body = { ...fields, language: currentLocale() }
      return transport.json<NoticeAddressOut>({ method: 'POST', path, body })
    },
    onSuccess,
  })
}

export function useChangeNotices(id: string) {
  const transport = useTransport()
  const path = `${usePath()}/${id}`
  const onSuccess = useRefresh()
  return useAction({
    mutationFn: (notices: readonly NoticeKind[]) =>
      transport.json<NoticeAddressOut>({ method: 'PATCH', path, body: { notices } }),
    onSuccess,
  })
}

export function useRemoveNoticeAddress(id: string) {
  const transport = useTransport()
  const path = `${usePath()}/${id}`
  const onSuccess = useRefresh()
  return useAction({
    mutationFn: () => transport.json<undefined>({ method: 'DELETE', path }),
    onSuccess,
  })
}

/** Until the list says it: a change is under way as long as it isn't shown. */
function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: KEY })
}
