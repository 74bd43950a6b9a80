import type { OrganisationMadeOut } from '@posthorn/contracts'
import { Dialog, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { navigateTo, urlOf } from '../../../lib/router.tsx'
import { ME, ownTransport, useSession } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface OrganisationDialogProps {
  /** Else the one that is open is named. */
  readonly isNew: boolean
  readonly onClose: () => void
}

export function OrganisationDialog({ isNew, onClose }: OrganisationDialogProps) {
  const { me, orgId } = useSession()
  const save = useSave({ isNew, onClose })
  const current = me.memberships.find((membership) => membership.orgId === orgId)?.name ?? ''
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(formText(event.currentTarget, 'name'))
  }
  const title = t(isNew ? 'organisations.create' : 'organisations.rename')
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        {isNew && <p>{t('organisations.create.text')}</p>}
        <TextField
          label={t('field.name')}
          hint={t('organisations.name.hint')}
          name="name"
          required
          maxLength={100}
          autoFocus
          defaultValue={isNew ? '' : current}
          error={faultOf(save.error, 'name')}
        />
        <FormError error={save.error} />
        <FormButtons submit={t('action.save')} isPending={save.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

function useSave({ isNew, onClose }: OrganisationDialogProps) {
  const { transport } = useSession()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (name: string) =>
      isNew
        ? ownTransport.json<OrganisationMadeOut>({
            method: 'POST',
            path: '/staff/organisation',
            body: { name },
          })
        : transport.json<null>({ method: 'PATCH', path: '/organisation', body: { name } }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ME })
      await queries.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
      toast(t(isNew ? 'organisations.created.done' : 'organisations.renamed'))
      if (isNew && made !== null) navigateTo(urlOf('/organisations', made.id))
    },
  })
}
