import type { ParsedMessageIn } from '@posthorn/contracts'
import { createApplication, InvalidInputError, type OrgScope } from '@posthorn/core'
import type { ApiContext } from '../context.ts'

export interface InlineApplication {
  /** The path's id or uid, which found no application. */
  readonly appName: string
  readonly application: NonNullable<ParsedMessageIn['application']>
}

/** Creates the application that a request brings along; its uid must be what the path names. */
export async function createMissingApplication(
  ctx: ApiContext,
  scope: OrgScope,
  { appName, application }: InlineApplication,
): Promise<void> {
  if (application.uid === null) throw fault('application_uid_missing', 'uid is required here')
  if (application.uid !== appName)
    throw fault('application_uid_mismatch', 'uid must be the one in the path')
  await createApplication(ctx, scope, { fields: application, getIfExists: true })
}

function fault(type: string, message: string): InvalidInputError {
  return new InvalidInputError([{ path: ['body', 'application', 'uid'], message, type }])
}
