const DAY_MS = 86_400_000

type ListWindow = Readonly<Record<string, unknown>>

/**
 * What a list's first page asks for besides: with a beginning alone the api lists the oldest first, and a page
 * begins with the newest. A day off, for clocks that differ.
 */
export function openEnd(
  { after, before }: ListWindow,
  iterator: string | undefined,
): { before?: string } {
  const isOpen = iterator === undefined && after !== undefined && after !== '' && !before
  return isOpen ? { before: new Date(Date.now() + DAY_MS).toISOString() } : {}
}
