import type { Client } from '@posthorn/client'
import type { EventTypeOut } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useClient } from './client.tsx'

const PAGE = 250
const MAX_PAGES = 20
const STALE_MS = 60_000

/** The whole catalog: the picker, the tests and the browser all search in it. */
export function useEventTypes() {
  const client = useClient()
  return useQuery({
    queryKey: ['event-types'],
    queryFn: ({ signal }) => listAll(client, { signal, with_content: true }),
    staleTime: STALE_MS,
  })
}

/** Without schemas and examples, which are most of it: a filter only names them. */
export function useEventTypeNames({ isOn }: { readonly isOn: boolean }) {
  const client = useClient()
  return useQuery({
    queryKey: ['event-types', 'names'],
    queryFn: async ({ signal }) => {
      const types = await listAll(client, { signal, with_content: false })
      return types.map(({ name }) => name)
    },
    staleTime: STALE_MS,
    enabled: isOn,
  })
}

interface Asked {
  readonly signal: AbortSignal
  readonly with_content: boolean
}

async function listAll(client: Client, { signal, with_content }: Asked): Promise<EventTypeOut[]> {
  const types: EventTypeOut[] = []
  let iterator: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const asked = { limit: PAGE, with_content, iterator }
    const { data, done, iterator: next } = await client.eventTypes.list(asked, { signal })
    types.push(...data)
    if (done || next === null) break
    iterator = next
  }
  return types
}

/** The first example of a type, from version 1 of its schema or else the first that has any. */
export function exampleOf(type: EventTypeOut): string | null {
  return examplesOf(type)[0] ?? null
}

/** All of version 1 of its schema, or else of the first that has any. */
export function examplesOf(type: EventTypeOut): string[] {
  const schemas = new Map(Object.entries(type.schemas ?? {}))
  const candidates = [schemas.get('1'), ...schemas.values()].map(readExamples)
  const examples = candidates.find((candidate) => candidate.length > 0) ?? []
  return examples.map((example) => JSON.stringify(example, null, 2))
}

function readExamples(schema: unknown): unknown[] {
  const { examples }: { examples?: unknown } = Object(schema)
  return Array.isArray(examples) ? examples : []
}
