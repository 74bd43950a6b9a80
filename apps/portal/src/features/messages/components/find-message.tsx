import { ApiError } from '@posthorn/client'
import { Button, formText, toast, useAction } from '@posthorn/ui'
import type { FormEvent } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { navigate } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

const TAG = /^[a-zA-Z0-9._-]{1,128}$/

/** Leads to the message or endpoint of an id, to the message of an event id, or to those that carry a tag. */
export function FindMessage() {
  const client = useClient()
  const find = useAction({
    mutationFn: async (text: string) => {
      const path = `/messages/${encodeURIComponent(text)}`
      if (text.startsWith('ep_')) return `/endpoints/${encodeURIComponent(text)}`
      if (text.startsWith('msg_') || !TAG.test(text)) return path
      try {
        await client.messages.get(text)
        return path
      } catch (err) {
        if (!(err instanceof ApiError) || err.status !== 404) throw err
        return `/messages?tag=${text}`
      }
    },
    onSuccess: (path) => navigate(path),
    onError: (err) => toast(describeError(err)),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = formText(event.currentTarget, 'id')
    if (text !== '') find.mutate(text)
  }
  return (
    <form className="row" role="search" aria-label={t('messages.find')} onSubmit={submit}>
      <input
        className="input find-input"
        name="id"
        type="search"
        aria-label={t('messages.find')}
        placeholder={t('messages.find')}
      />
      <Button type="submit">{t('messages.open')}</Button>
    </form>
  )
}
