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

/** How one setting's text is read, by a Zod `transform`. */
export type SettingReader<T> = (text: string, ctx: { addIssue: (fault: string) => void }) => T

/** Reads by `read`; where that answers null, `fault` is what is wrong. */
export function settingReader<T>(
  read: (text: string) => T | null,
  fault: string,
): SettingReader<T> {
  return (text, ctx) => {
    const value = read(text)
    if (value === null) ctx.addIssue(fault)
    // Beside a fault nothing is used.
    return value as T
  }
}

/**
 * What is wrong with any of these, each of which throws a `ConfigError` if something is. A setting that
 * several read is told of once, as the first puts it.
 */
export function faultsOf(...loads: readonly (() => unknown)[]): readonly string[] {
  const told = new Map<string, readonly string[]>()
  for (const load of loads) {
    for (const [setting, lines] of bySetting(configFaults(load)))
      if (!told.has(setting)) told.set(setting, lines)
  }
  return [...told.values()].flat()
}

/** @throws {ConfigError} naming every fault of all of them */
export function refuseFaults(...loads: readonly (() => unknown)[]): void {
  const faults = faultsOf(...loads)
  if (faults.length > 0) throw new ConfigError(faults)
}

function configFaults(load: () => unknown): readonly string[] {
  try {
    load()
    return []
  } catch (err) {
    if (err instanceof ConfigError) return err.faults
    throw err
  }
}

function bySetting(faults: readonly string[]): Map<string, string[]> {
  return Map.groupBy(faults, (line) => line.split(':')[0] ?? line)
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
