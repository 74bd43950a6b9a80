import { ApiError } from '@posthorn/client'
import { Notice } from '@posthorn/ui'
import { FormError } from '../../../components/form-error.tsx'

/** Why the api took no recover like this: no field of the page is to blame for it. */
export function Refusal({ error }: { readonly error: unknown }) {
  const fault = faultOf(error)
  if (fault === undefined) return <FormError error={error} />
  return <Notice tone="bad" isAlert title={fault} />
}

export function isRefused(error: unknown): boolean {
  return faultOf(error) !== undefined
}

function faultOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.faults[0]?.msg : undefined
}
