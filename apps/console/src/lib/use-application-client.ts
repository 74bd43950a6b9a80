import { type Client, createClient } from '@posthorn/client'
import { useMemo } from 'react'
import { useSession } from './session.tsx'

/** The operations of one customer, in the organisation that is open. */
export function useApplicationClient(appId: string): Client {
  const { orgId } = useSession()
  return useMemo(
    () => createClient({ baseUrl: '', organisation: () => orgId, appId }),
    [orgId, appId],
  )
}
