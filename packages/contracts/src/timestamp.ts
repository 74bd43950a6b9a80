import * as z from 'zod'

/** A moment as we write it: RFC 3339. */
export const TimestampOut = z.string().meta({ format: 'date-time' })

// RFC 3339, or chrono's display form (`2024-01-31 12:00:00.123456 UTC`). The space before an offset
// is a `+` that a query string turned into one.
const FORM =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]| UTC|([+\- ])(\d\d):?(\d\d))$/

// Ids hold seconds since May 2014 in 32 bits, so they end in 2150.
const EARLIEST_MS = Date.UTC(1970, 0, 1)
const LATEST_MS = Date.UTC(2150, 0, 1)

/** A moment as we read it, as a `Date`: never one that the database or an id could not hold. */
export const Timestamp = z
  .string()
  .meta({ format: 'date-time' })
  .transform((text, ctx) => {
    const ms = parseTimestamp(text)
    if (ms === null) return refuse(ctx, 'Must be an RFC 3339 timestamp')
    if (ms < EARLIEST_MS || ms >= LATEST_MS) return refuse(ctx, 'Must lie between 1970 and 2150')
    return new Date(ms)
  })

function refuse(ctx: z.core.$RefinementCtx<string>, message: string): never {
  ctx.issues.push({ code: 'custom', message, input: ctx.value })
  return z.NEVER
}

/** Milliseconds since the Unix epoch, or null when the text is no such timestamp (or no such day). */
export function parseTimestamp(text: string): number | null {
  const match = FORM.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`
  const local = new Date(iso)
  // `Date` takes 30 February for 1 March, and 24:00 for the next day.
  if (Number.isNaN(local.getTime()) || local.toISOString() !== iso) return null
  const offset = offsetMs(match[8], match[9], match[10])
  return offset === null ? null : local.getTime() - offset
}

function offsetMs(sign: string | undefined, hours = '00', minutes = '00'): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -size : size
}
