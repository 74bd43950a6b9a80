/** Where a recover of these begins, with since when they fail. */
export function recoverLink(
  selection: Readonly<Record<string, string>>,
  since: string | null,
): string {
  const search = new URLSearchParams({ ...selection, ...(since === null ? {} : { since }) })
  return `/recover?${search}`
}
