/** A source's settings other than its secrets, by the names the SDK uses where it has them. */
export type Config = Readonly<Record<string, string | number | boolean | undefined>>

/** A setting as text; blank counts as not set. */
export function setting(config: Config, name: string): string | undefined {
  const value = Object.hasOwn(config, name) ? config[name] : undefined
  return value === undefined || value === '' ? undefined : String(value)
}

/** A whole number of seconds, or undefined when not set or no such number. */
export function secondsSetting(config: Config, name: string): number | undefined {
  const text = setting(config, name)
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
