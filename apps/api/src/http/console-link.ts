import type { ApiContext } from '../context.ts'

/** After `#`: the token never reaches a server's log. */
export function consoleLink(
  ctx: Pick<ApiContext, 'staff' | 'publicUrl'>,
  { origin, token }: { readonly origin: string; readonly token: string },
): string {
  return `${ctx.staff.consoleUrl ?? ctx.publicUrl ?? origin}/console/link#token=${token}`
}
