import type { EndpointFields } from '@posthorn/client'
import type { EndpointOut } from '@posthorn/contracts'
import { Badge, Button, Notice, toast } from '@posthorn/ui'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { faultsOf } from '../../../lib/faults.ts'
import { t } from '../../../lib/text.ts'
import { usePatchEndpoint } from '../api/endpoint-queries.ts'
import type { DraftParts } from './draft-field.tsx'
import { draftFields, draftOf, type EndpointDraft } from './endpoint-draft.ts'

export type SettingName = Exclude<
  keyof EndpointDraft,
  'isTriedOnce' | 'secret' | 'disabled' | 'headers' | 'typedHeader'
>

export interface SettingCardProps {
  readonly endpoint: EndpointOut
  readonly title: string
  /** What is saved by it, and nothing else. */
  readonly names: readonly SettingName[]
  /** What stands in it at first, unsaved. */
  readonly typedAlready?: Partial<EndpointDraft>
  readonly isFaulty?: (draft: EndpointDraft) => boolean
  readonly onDirty: (title: string, isDirty: boolean) => void
  readonly children: (parts: DraftParts) => ReactNode
}

/** A part of an endpoint with its own Save, and a mark while something in it isn't saved. */
export function SettingCard(props: SettingCardProps) {
  const { endpoint, title, names, typedAlready = {}, isFaulty, onDirty, children } = props
  const patch = usePatchEndpoint(endpoint.id)
  const [typed, setTyped] = useState(typedAlready)
  const saved = draftOf(endpoint)
  const draft = { ...saved, ...typed }
  const isDirty = JSON.stringify(fieldsOf(draft, names)) !== JSON.stringify(fieldsOf(saved, names))
  // What is on its way to the server can be left: it is saved.
  const isAtRisk = isDirty && !patch.isPending
  useEffect(() => {
    onDirty(title, isAtRisk)
    return () => onDirty(title, false)
  }, [onDirty, title, isAtRisk])
  const cannotSave = !isDirty || patch.isPending || isFaulty?.(draft) === true
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (cannotSave) return
    const onSuccess = () => {
      setTyped({})
      toast(t('form.saved'))
    }
    patch.mutate(fieldsOf(draft, names), { onSuccess })
  }
  const change = (part: Partial<EndpointDraft>) => setTyped({ ...typed, ...part })
  const faults = faultsOf(patch.error)
  return (
    <form className="card stack setting-card" onSubmit={save} noValidate>
      <div className="row row-between">
        <h2>{title}</h2>
        <span role="status">{isDirty && <Badge tone="warn">{t('setting.dirty')}</Badge>}</span>
      </div>
      {patch.error !== null && faults.size === 0 && (
        <Notice tone="bad" isAlert title={t('form.failed')}>
          <p>{describeError(patch.error)}</p>
        </Notice>
      )}
      {children({ draft, change, faults })}
      <div>
        <Button type="submit" kind="primary" disabled={cannotSave}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  )
}

/** Of all that a draft says, what one card saves. */
function fieldsOf(draft: EndpointDraft, names: readonly SettingName[]): EndpointFields {
  const own: readonly string[] = names
  const fields = Object.entries(draftFields(draft, false))
  return Object.fromEntries(fields.filter(([name]) => own.includes(name)))
}
