import type * as z from 'zod'

/** Field name by its older name, which the SDKs of generation 1 still send. */
export type Aliases = Readonly<Record<string, string>>

/** Either name may come, and both only if they agree: otherwise one of them would be ignored in silence. */
export function refuseDisagreement(aliases: Aliases) {
  return (fields: Readonly<Record<string, unknown>>, ctx: z.core.$RefinementCtx): void => {
    for (const [oldName, name] of Object.entries(aliases)) {
      if (agree(fields[oldName], fields[name])) continue
      const message = `${oldName} is the older name of ${name}, and the two differ: give one`
      ctx.issues.push({ code: 'custom', path: [oldName], message, input: fields })
    }
  }
}

function agree(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined || JSON.stringify(a) === JSON.stringify(b)
}
