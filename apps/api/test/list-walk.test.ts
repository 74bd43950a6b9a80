import { describe, expect, it } from 'vitest'
import { type ApiAnswer, setupApi } from './api-setup.ts'

type Send = Awaited<ReturnType<typeof setupApi>>['send']
type Add = (send: Send, n: number) => Promise<ApiAnswer>

const ENDPOINTS = '/app/own/endpoint'
const MESSAGES = '/app/own/msg'
const OPERATIONAL = '/operational-webhook/endpoint'
const url = 'https://hooks.example.com/a'

const addApplication: Add = (send, n) => send('POST', '/app', { body: { name: `a${n}` } })
const addEndpoint: Add = (send) => send('POST', ENDPOINTS, { body: { url } })
const addOperational: Add = (send) => send('POST', OPERATIONAL, { body: { url } })
const addEventType: Add = (send, n) =>
  send('POST', '/event-type', { body: { name: `type.${n}`, description: '' } })
const addMessage: Add = (send, n) =>
  send('POST', MESSAGES, { body: { eventType: 'a.b', payload: { n } } })

const LISTS: readonly (readonly [path: string, query: string, add: Add])[] = [
  ['/app', '&order=ascending', addApplication],
  ['/app', '&order=descending', addApplication],
  ['/app', '&exclude_apps_with_disabled_endpoints=true', addApplication],
  [ENDPOINTS, '&order=ascending', addEndpoint],
  [ENDPOINTS, '&order=descending', addEndpoint],
  [OPERATIONAL, '', addOperational],
  ['/event-type', '', addEventType],
  [MESSAGES, '', addMessage],
]

async function setupList(path: string, query: string, add: Add) {
  const { send } = await setupApi()
  if (path !== '/app') await send('POST', '/app', { body: { name: 'Own', uid: 'own' } })
  for (let n = 0; n < 10; n++) expect((await add(send, n)).status).toBeLessThan(300)
  const read = async (iterator: string | null) => {
    const at = iterator === null ? '' : `&iterator=${iterator}`
    const { body } = await send('GET', `${path}?limit=3${query}${at}`)
    return body
  }
  return { read }
}

describe('a list walked to its end and back', () => {
  it.each(LISTS)('%s%s shows the same pages, and the first has no previous', async (...list) => {
    const { read } = await setupList(...list)
    const forwards = [await read(null)]
    while (!forwards.at(-1).done) forwards.push(await read(forwards.at(-1).iterator))
    expect(forwards.map((page) => page.data.length)).toEqual([3, 3, 3, 1])

    const backwards = []
    let previous = forwards.at(-1).prevIterator
    while (previous !== undefined) {
      backwards.push(await read(previous))
      previous = backwards.at(-1).prevIterator
    }
    const dataOf = (pages: { data: unknown }[]) => pages.map((page) => page.data)
    expect(dataOf(backwards)).toEqual(dataOf(forwards.slice(0, -1)).toReversed())
    expect(forwards[0]).not.toHaveProperty('prevIterator')
    expect(backwards.at(-1).done).toBe(true)
  })
})
