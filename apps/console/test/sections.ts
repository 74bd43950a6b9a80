import { SECTIONS } from '../src/app/sections.tsx'

/** The page of an endpoint has no list before it. */
const LISTED = SECTIONS.filter(({ path }) => path !== 'endpoints')

/** What an address of one part opens, for an owner. */
export const SCREENS = LISTED.map(({ path }) => path)

export const FOR_MORE_THAN_VIEWERS = LISTED.filter(({ leastRole }) => leastRole !== 'viewer').map(
  ({ path }) => path,
)
