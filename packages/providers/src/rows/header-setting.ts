import { type Config, setting } from '../config.ts'

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/

/** A setting that names a header; undefined where none is set, or what is set can be no header's name. */
export function headerSetting(config: Config, name: string): string | undefined {
  const header = setting(config, name)
  return header !== undefined && headerName.test(header) ? header : undefined
}
