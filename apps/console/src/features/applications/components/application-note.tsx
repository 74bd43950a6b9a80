import type { ApplicationNoteOut } from '@posthorn/contracts'
import { Button, doneByText, Field, toast, VisibleText } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { formText } from '../../../lib/form-text.ts'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

const noteKey = (appId: string) => ['application-note', appId]
const noteAt = (appId: string) => `/app/${appId}/note`

/** What staff tell each other about a customer. */
export function ApplicationNote({ appId }: { readonly appId: string }) {
  const transport = useTransport()
  const [isEditing, setEditing] = useState(false)
  const query = useQuery({
    queryKey: noteKey(appId),
    // What is being edited must not change under the hand.
    enabled: !isEditing,
    queryFn: ({ signal }) => transport.json<ApplicationNoteOut>({ path: noteAt(appId), signal }),
  })
  return (
    <section className="card stack stack-small" aria-labelledby="note">
      <h2 id="note">{t('note.title')}</h2>
      <QueryView query={query}>
        {(note) =>
          isEditing ? (
            <NoteForm appId={appId} note={note} onClose={() => setEditing(false)} />
          ) : (
            <Note note={note} onEdit={() => setEditing(true)} />
          )
        }
      </QueryView>
    </section>
  )
}

interface NoteProps {
  readonly note: ApplicationNoteOut
  readonly onEdit: () => void
}

function Note({ note: { text, changedAt, by }, onEdit }: NoteProps) {
  const mayEdit = useMayAs('support')
  return (
    <>
      {text === '' ? (
        <p className="soft">{t('note.empty')}</p>
      ) : (
        <p className="lines anywhere">
          <VisibleText text={text} />
        </p>
      )}
      {changedAt !== null && (
        <p className="small soft">
          {t('note.changed', { by: by === null ? '' : doneByText(by) })} <Time at={changedAt} />
        </p>
      )}
      {mayEdit && (
        <div>
          <Button size="small" onClick={onEdit}>
            {t('note.edit')}
          </Button>
        </div>
      )}
    </>
  )
}

interface NoteFormProps {
  readonly appId: string
  readonly note: ApplicationNoteOut
  readonly onClose: () => void
}

function NoteForm({ appId, note, onClose }: NoteFormProps) {
  const transport = useTransport()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (text: string) =>
      transport.json<ApplicationNoteOut>({ method: 'PUT', path: noteAt(appId), body: { text } }),
    onSuccess: (saved) => {
      queries.setQueryData(noteKey(appId), saved)
      onClose()
      toast(t('note.saved'))
    },
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(formText(event.currentTarget, 'note'))
  }
  return (
    <form className="stack stack-small" onSubmit={onSubmit}>
      <Field label={t('note.title')} hint={t('note.hint')} error={faultOf(save.error, 'text')}>
        {(control) => (
          <textarea
            className="input"
            name="note"
            rows={5}
            maxLength={10_000}
            autoFocus
            defaultValue={note.text}
            {...control}
          />
        )}
      </Field>
      <FormError error={save.error} />
      <FormButtons submit={t('action.save')} isPending={save.isPending} onCancel={onClose} />
    </form>
  )
}
