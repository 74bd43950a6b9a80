import { ApiError } from '@posthorn/client'
import { Notice } from '@posthorn/ui'
import { describeError } from './query-view.tsx'

/** Why a form was not taken; nothing while it wasn't sent. */
export function FormError({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined || hasFaults(error)) return null
  return <Notice tone="bad" isAlert title={describeError(error)} />
}

/** What the api says of one field, by its name in the request. */
export function faultOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  return error.faults.find(({ loc }) => loc[1] === field)?.msg
}

function hasFaults(error: unknown): boolean {
  return error instanceof ApiError && error.faults.length > 0
}
