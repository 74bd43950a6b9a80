import { t } from './text.ts'

const TOLD_APART_BY = 4

/** What people call it, else words that tell it from others without a name. */
export function organisationName(of: { readonly orgId: string; readonly name: string | null }) {
  return of.name ?? t('organisation.unnamed', { end: of.orgId.slice(-TOLD_APART_BY) })
}
