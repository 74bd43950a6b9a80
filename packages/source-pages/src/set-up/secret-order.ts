import type { SetUpStepOut, SourceTypeOut } from '@posthorn/contracts/ingest'

const GIVES_URL = new Set<SetUpStepOut['do']>(['paste_url', 'run'])

/** The secret is made up by us: it is entered at the provider and here. */
export function isSecretMade({ steps }: Pick<SourceTypeOut, 'steps'>): boolean {
  return steps.some((step) => step.do === 'make_secret')
}

/** The provider shows its secret only when it has the URL: the source has to be there first. */
export function comesAfterUrl({ steps }: Pick<SourceTypeOut, 'steps'>): boolean {
  const secretAt = steps.findIndex((step) => step.do === 'copy_secret')
  const urlAt = steps.findIndex((step) => GIVES_URL.has(step.do) || step.text.includes('{url}'))
  return secretAt !== -1 && urlAt !== -1 && urlAt < secretAt
}
