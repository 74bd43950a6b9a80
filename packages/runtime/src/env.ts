export type Env = Readonly<Record<string, string | undefined>>

/** A configuration that can't be used; `faults` holds one line for each thing that is wrong. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/** What `parseEnv` needs of a schema; every Zod schema is one. */
export interface EnvSchema<T> {
  safeParse(input: unknown): { success: true; data: T } | { success: false; error: EnvSchemaError }
}

interface EnvSchemaError {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}

/**
 * Reads the environment by a schema whose keys are the variables' names. A variable that is empty
 * counts as absent. Throws a `ConfigError` that names every fault, never a value: it may be a secret.
 */
export function parseEnv<T>(schema: EnvSchema<T>, env: Env): T {
  const result = schema.safeParse(withoutEmpty(env))
  if (result.success) return result.data
  throw new ConfigError(result.error.issues.map(({ path, message }) => faultLine(path, message)))
}

/** Prints every fault on a line of its own if `err` is a `ConfigError`; says whether it was one. */
export function printConfigFaults(err: unknown, print: (line: string) => void): boolean {
  if (!(err instanceof ConfigError)) return false
  for (const fault of err.faults) print(fault)
  return true
}

function withoutEmpty(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
}

function faultLine(path: readonly PropertyKey[], message: string): string {
  const oneLine = message.replaceAll(/\s+/g, ' ')
  return path.length === 0 ? oneLine : `${path.map(String).join('.')}: ${oneLine}`
}
