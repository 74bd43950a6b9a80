import { ApiError } from '@posthorn/client'
import type { NoticeKind } from '@posthorn/contracts/notice-address'
import { Button, Field, Notice, toast } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useAddNoticeAddress } from '../api/notice-queries.ts'
import { t } from '../notice-text/text.ts'
import { NoticeKinds } from './notice-kinds.tsx'

const ALL: readonly NoticeKind[] = ['failing', 'disabled_soon', 'disabled']

export function AddNoticeAddress() {
  const add = useAddNoticeAddress()
  const [email, setEmail] = useState('')
  const [notices, setNotices] = useState(ALL)
  const fault = faultOf(add.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = () => {
      setEmail('')
      setNotices(ALL)
      toast(t('notices.added', { email }))
    }
    add.mutate({ email, notices }, { onSuccess })
  }
  return (
    <form className="stack stack-small" onSubmit={submit} noValidate>
      {add.error !== null && fault === undefined && (
        <Notice tone="bad" isAlert>
          <p>{describeError(add.error)}</p>
        </Notice>
      )}
      <Field label={t('notices.email')} hint={t('notices.email.hint')} error={fault}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="email"
            autoComplete="email"
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        )}
      </Field>
      <NoticeKinds label={t('notices.kinds')} chosen={notices} onChange={setNotices} />
      <div>
        <Button type="submit" disabled={email.trim() === '' || add.isPending}>
          {t('notices.add')}
        </Button>
      </div>
    </form>
  )
}

function faultOf(error: Error | null): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  return error.faults.find(({ loc }) => loc.includes('email'))?.msg
}
