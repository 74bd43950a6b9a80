/** What people call it, else its id. */
export function organisationName(of: { readonly orgId: string; readonly name: string | null }) {
  return of.name ?? of.orgId
}
