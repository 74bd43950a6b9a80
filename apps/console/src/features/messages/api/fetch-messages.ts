import type { QueryValues, Transport } from '@posthorn/client'
import type { OrganisationMessageList } from '@posthorn/contracts'

export type ListedMessage = OrganisationMessageList['data'][number]

export interface MessagesPage {
  readonly data: ListedMessage[]
  readonly iterator: string | null
  readonly prevIterator: string | null
  /** Where the search for older ones has come to its end. */
  readonly isLast: boolean
}

export interface MessagesAsked {
  readonly query: QueryValues
  /** Empty: from the newest on. A leading `-`: what is newer than it. */
  readonly iterator: string
  readonly signal?: AbortSignal | undefined
}

const PAGE = 50
// The api looks at some thousand messages at a time: so many times on end, then whoever waits decides.
const ROUNDS_AT_MOST = 6
const DAY_MS = 86_400_000

/** A page of the list, from as many answers of the api as it takes to fill one, within a bound. */
export async function fetchMessages(
  transport: Transport,
  { query, iterator, signal }: MessagesAsked,
): Promise<MessagesPage> {
  const ask = (from: string) =>
    transport.json<OrganisationMessageList>({
      path: '/support/message',
      query: { ...query, limit: PAGE, iterator: from, ...openEnd(query, from) },
      signal,
    })
  const isBackwards = iterator.startsWith('-')
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
    isLast: !isBackwards && page.done,
  }
}

// With a beginning alone the api would list the oldest first.
function openEnd({ after, before }: QueryValues, iterator: string): QueryValues {
  const isOpen = iterator === '' && after !== undefined && after !== '' && !before
  return isOpen ? { before: new Date(Date.now() + DAY_MS).toISOString() } : {}
}
