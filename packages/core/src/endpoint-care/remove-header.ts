import type { EndpointRow } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { changeEndpointHeaders } from '../endpoint/change-headers.ts'
import { type EndpointHeaders, mergeHeaders } from '../endpoint/endpoint-headers.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../errors.ts'
import type { Vault } from '../vault.ts'

/** A page offers it for half a minute; the rest is for what is on its way. */
const UNDO_SECONDS = 60

export interface HeaderRemoval {
  readonly idOrUid: string
  /** Whatever its case. */
  readonly name: string
}

export interface RemovedHeader {
  /** Name and value, sealed: nobody but us can read them. */
  readonly undo: string
  readonly undoUntil: Date
}

/** Nothing is sent with it any more from here on. Who removed it can undo that, though no value is shown to anybody. */
export async function removeEndpointHeader(
  ctx: CoreContext,
  scope: AppScope,
  { idOrUid, name }: HeaderRemoval,
): Promise<RemovedHeader> {
  const { endpoint, before, at } = await changeEndpointHeaders(ctx, scope, {
    idOrUid,
    change: (headers) => mergeHeaders(headers, { [getHeader(headers, name)[0]]: null }),
  })
  const header = getHeader(before, name)
  const undoUntil = new Date(at.getTime() + UNDO_SECONDS * 1000)
  return { undo: sealRemoval(ctx.vault, { endpoint, header, undoUntil }), undoUntil }
}

function getHeader(headers: EndpointHeaders, name: string): Header {
  const header = findHeader(headers, name)
  if (header === undefined) throw new NotFoundError()
  return header
}

function findHeader(headers: EndpointHeaders, name: string): Header | undefined {
  return Object.entries(headers).find(([other]) => other.toLowerCase() === name.toLowerCase())
}

export interface RemovalToUndo {
  readonly idOrUid: string
  readonly undo: string
}

/**
 * @throws {ConflictError} `undo_ended`: its time is over; `header_set_again`: the endpoint has one of that name since
 */
export async function undoHeaderRemoval(
  ctx: CoreContext,
  scope: AppScope,
  { idOrUid, undo }: RemovalToUndo,
): Promise<void> {
  const removed = openRemoval(ctx.vault, undo)
  await changeEndpointHeaders(ctx, scope, {
    idOrUid,
    change(headers, { endpoint, at }) {
      if (removed?.endpointId !== endpoint.id) refuseUndo()
      if (removed.untilMs <= at.getTime())
        throw new ConflictError('That can no longer be undone.', 'undo_ended')
      const [name, value] = removed.header
      if (findHeader(headers, name) !== undefined)
        throw new ConflictError('The header was set again since.', 'header_set_again')
      return { ...headers, [name]: value }
    },
  })
}

function refuseUndo(): never {
  throw new InvalidInputError([{ path: ['body', 'undo'], message: 'Not of a removal here' }])
}

type Header = readonly [name: string, value: string]

interface SealedRemoval {
  readonly endpointId: string
  readonly untilMs: number
  readonly header: Header
}

interface Removal {
  readonly endpoint: EndpointRow
  readonly header: Header
  readonly undoUntil: Date
}

// Named, so that nothing else that was sealed is ever taken for one.
const WHAT = 'removed header'

function sealRemoval(vault: Vault, { endpoint, header, undoUntil }: Removal): string {
  const removal: SealedRemoval = { endpointId: endpoint.id, untilMs: undoUntil.getTime(), header }
  return Buffer.from(vault.seal(JSON.stringify({ what: WHAT, ...removal }))).toString('base64url')
}

/** Null: we didn't seal it, or something else. */
function openRemoval(vault: Vault, undo: string): SealedRemoval | null {
  try {
    const text = vault.open(Buffer.from(undo, 'base64url'))
    const opened = JSON.parse(text) as SealedRemoval & { readonly what?: unknown }
    return opened.what === WHAT ? opened : null
  } catch {
    return null
  }
}
