import type { Client } from '@posthorn/client'
import type { EventTypeOut } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useClient } from './client.tsx'

const PAGE = 250
const MAX_PAGES = 20

/** The whole catalog: the picker, the tests and the browser all search in it. */
export function useEventTypes({ isOn = true } = {}) {
  const client = useClient()
  return useQuery({
    queryKey: ['event-types'],
    queryFn: ({ signal }) => listAll(client, signal),
    staleTime: 60_000,
    enabled: isOn,
  })
}

async function listAll(client: Client, signal: AbortSignal): Promise<EventTypeOut[]> {
  const types: EventTypeOut[] = []
  let iterator: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const asked = { limit: PAGE, with_content: true, iterator }
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
