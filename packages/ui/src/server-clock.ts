// The header has whole seconds, and an answer is under way for some time: less than this is no difference.
const LEAST_MS = 5_000

let aheadMs = 0

/** `fetch` for a transport: the `date` of each answer tells how far the server's clock is from this machine's. */
export const fetchByServerClock: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const difference = Date.parse(response.headers.get('date') ?? '') - Date.now()
  if (!Number.isNaN(difference)) aheadMs = Math.abs(difference) < LEAST_MS ? 0 : difference
  return response
}

/** How far the server's clock is ahead of this machine's, as of its latest answer. */
export function serverAheadMs(): number {
  return aheadMs
}
