import * as z from 'zod'

const IDENTIFIER = /^[a-zA-Z0-9\-_.]+$/
const MAX_LENGTH = 256

const identifier = z
  .string()
  .min(1)
  .max(MAX_LENGTH)
  .regex(IDENTIFIER, 'Must match the following pattern: ^[a-zA-Z0-9\\-_.]+$')

// No URL could name these: clients resolve the segment away.
function isReachable(text: string): boolean {
  return text !== '.' && text !== '..'
}

/** A customer's own name for an object. It must not look like one of our ids of that kind. */
export function uidOf(ownPrefix: string): z.ZodString {
  return identifier
    .refine(isReachable, 'Must not be "." or ".."')
    .refine((uid) => !uid.startsWith(ownPrefix), `Must not start with "${ownPrefix}"`)
}

export const EventTypeName = identifier.refine(isReachable, 'Must not be "." or ".."')

export const FeatureFlag = identifier

/** Our id, or the customer's uid. */
export const IdOrUid = identifier

/** What stands for an id or uid in a path: not judged, only looked for. NUL could not even be looked for. */
export const PathName = z
  .string()
  .min(1)
  .refine((text) => !text.includes('\0'))

// 256 in the open-source server's code, `:` and `+` in the hosted one's specification: the union.
export const Channel = z
  .string()
  .min(1)
  .max(MAX_LENGTH)
  .regex(/^[a-zA-Z0-9\-_.:+]+$/, 'Must match the following pattern: ^[a-zA-Z0-9\\-_.:+]+$')

export const Tag = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-zA-Z0-9\-_./\\#]+$/, 'Must match the following pattern: ^[a-zA-Z0-9\\-_./\\\\#]+$')

/** A set of names that filters. An empty list means the same as null: no filter. */
export function filterOf<T extends z.ZodString>(item: T, maxItems: number) {
  return z
    .array(item)
    .max(maxItems)
    .transform((names) => (names.length === 0 ? null : [...new Set(names)]))
}

/** Of an endpoint: none is all. */
export const EventTypeFilter = filterOf(EventTypeName, 1000)
export const ChannelFilter = filterOf(Channel, 10)
