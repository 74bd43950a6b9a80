import { Button, Field, Notice, toast } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { faultsOf } from '../../../lib/faults.ts'
import { useAddNoticeAddress } from '../api/notice-queries.ts'
import { t } from '../notice-text/text.ts'
import { KINDS, NoticeKinds } from './notice-kinds.tsx'

export function AddNoticeAddress() {
  const add = useAddNoticeAddress()
  const [email, setEmail] = useState('')
  const [notices, setNotices] = useState(KINDS)
  const fault = faultsOf(add.error).get('email')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = () => {
      setEmail('')
      setNotices(KINDS)
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
