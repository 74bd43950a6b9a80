import { ApiError } from '@posthorn/client'

/** What the api says of each field, by its name in the request. */
export function faultsOf(error: Error | null): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError)) return new Map()
  return new Map(error.faults.map(({ loc, msg }) => [loc[1] ?? '', msg]))
}
