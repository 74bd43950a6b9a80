import { Notice, toast } from '@posthorn/ui'
import { useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import { usePatchHeaders } from '../api/endpoint-queries.ts'
import { HeaderFields } from './header-fields.tsx'
import { NO_HEADER, withHeader } from './typed-header.ts'

export function AddHeader({ endpointId }: { readonly endpointId: string }) {
  const patch = usePatchHeaders(endpointId)
  const [typed, setTyped] = useState(NO_HEADER)
  const add = () => {
    const onSuccess = () => {
      // What was typed meanwhile is the next one's.
      setTyped((current) => (current === typed ? NO_HEADER : current))
      toast(t('headers.added'))
    }
    patch.mutate(withHeader({}, typed), { onSuccess })
  }
  return (
    <div className="stack stack-small">
      {patch.error !== null && (
        <Notice tone="bad" isAlert>
          <p>{describeError(patch.error)}</p>
        </Notice>
      )}
      <HeaderFields typed={typed} onChange={setTyped} onAdd={add} isAdding={patch.isPending} />
    </div>
  )
}
