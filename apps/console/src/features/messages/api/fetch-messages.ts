import type { QueryValues, Transport } from '@posthorn/client'
import type { OrganisationMessageList } from '@posthorn/contracts'
import { type ListPage, openEnd } from '@posthorn/ui'

export type ListedMessage = OrganisationMessageList['data'][number]

export interface MessagesAsked {
  readonly query: QueryValues
  /** Undefined: from the newest on. A leading `-`: what is newer than it. */
  readonly iterator: string | undefined
  readonly signal?: AbortSignal | undefined
}

const PAGE = 50
// The api looks at some thousand messages at a time: so many times on end, then whoever waits decides.
const ROUNDS_AT_MOST = 6

/** A page of the list, from as many answers of the api as it takes to fill one, within a bound. */
export async function fetchMessages(
  transport: Transport,
  { query, iterator, signal }: MessagesAsked,
): Promise<ListPage<ListedMessage>> {
  const ask = (from: string | undefined) =>
    transport.json<OrganisationMessageList>({
      path: '/support/message',
      query: { ...query, limit: PAGE, iterator: from, ...openEnd(query, from) },
      signal,
    })
  const isBackwards = iterator?.startsWith('-') === true
  const first = await ask(iterator)
  let page = first
  let data = first.data
  for (let round = 1; round < ROUNDS_AT_MOST && data.length < PAGE && !page.done; round++) {
    const next = isBackwards ? page.prevIterator : page.iterator
    if (next == null) break
    page = await ask(next)
    data = isBackwards ? [...page.data, ...data] : [...data, ...page.data]
  }
  return {
    data,
    iterator: isBackwards ? first.iterator : page.iterator,
    prevIterator: (isBackwards ? page.prevIterator : first.prevIterator) ?? null,
    done: page.done,
  }
}
