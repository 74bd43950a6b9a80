import { toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTransport } from '../../lib/session.tsx'
import { t } from '../../lib/text.ts'

export interface UserChange {
  readonly role?: string
  readonly disabled?: boolean
  readonly applications?: readonly string[]
}

export function useChangeUser(userId: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: UserChange) =>
      transport.json({ method: 'PATCH', path: `/staff/user/${userId}`, body: { ...body } }),
    onSuccess: () => toast(t('users.changed')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/staff/user'] }),
  })
}
