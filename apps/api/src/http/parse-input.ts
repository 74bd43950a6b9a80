import { parseJsonBody, parseQuery, parseRequest } from '@posthorn/contracts'
import { NotFoundError } from '@posthorn/core'
import type { ApiRoute } from './route-table.ts'

// What no path can mean was never there.
export function parseParams(
  route: ApiRoute,
  params: Readonly<Record<string, string>>,
): Record<string, string> {
  if (route.params === undefined) return { ...params }
  const parsed = route.params.safeParse({ ...params })
  if (!parsed.success) throw new NotFoundError()
  return { ...params }
}

export function parseSearch(route: ApiRoute, url: string): unknown {
  if (route.query === undefined) return undefined
  const at = url.indexOf('?')
  return parseQuery(route.query, at === -1 ? '' : url.slice(at + 1))
}

export function parseBody(route: ApiRoute, text: string): unknown {
  if (route.body === undefined) return undefined
  const isLeftOut = text === '' && route.body.safeParse({}).success
  return parseRequest(route.body, isLeftOut ? {} : parseJsonBody(text), 'body')
}
