const MINUTE_MS = 60_000

/** A moment in the viewer's own zone, as a field of date and time has it; empty where it is none. */
export function localMinute(moment: string | number): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

/** The other way round, of such a field or of a number of milliseconds: as the api takes it; empty where it is none. */
export function instantOf(moment: string | number): string {
  const at = new Date(moment)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}
