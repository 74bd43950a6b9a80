import { ApplicationNoteIn, ApplicationNoteOut } from '@posthorn/contracts'
import {
  type ApplicationNote,
  changeApplicationNote,
  readApplicationNote,
} from '@posthorn/core/staff'
import { presentDoneBy } from './done-by-presenter.ts'
import { endpointRoute, ok } from './endpoint-route.ts'

const PATH = '/api/v1/app/:appId/note'
const ACCESS = { of: 'application', capability: null } as const
const tags = ['Support']

const get = endpointRoute({
  method: 'get',
  path: PATH,
  operationId: 'v1.application-note.get',
  summary: 'What staff wrote down about an application',
  tags,
  access: ACCESS,
  response: { 200: ApplicationNoteOut },
  handle: async (ctx, { scope }) => ok(presentNote(await readApplicationNote(ctx, scope))),
})

const change = endpointRoute({
  method: 'put',
  path: PATH,
  operationId: 'v1.application-note.change',
  summary: 'Write down something about an application',
  tags,
  access: ACCESS,
  body: ApplicationNoteIn,
  response: { 200: ApplicationNoteOut },
  handle: async (ctx, { scope, body }) =>
    ok(presentNote(await changeApplicationNote(ctx, scope, body.text))),
})

function presentNote(note: ApplicationNote | null): ApplicationNoteOut {
  if (note === null) return { text: '', changedAt: null, by: null }
  const { text, changedAt, by } = note
  return { text, changedAt: changedAt.toISOString(), by: presentDoneBy(by) }
}

export const applicationNoteRoutes = [get, change] as const
