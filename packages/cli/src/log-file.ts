import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

export interface LogFile extends Disposable {
  readonly path: string
  readonly fd: number
}

const MAX_BYTES = 100_000_000
const CHECK_MS = 10_000

/** Where the role processes log in local mode; emptied whenever it has grown beyond 100 MB. */
export function openLogFile(dataFolder: string): LogFile {
  mkdirSync(dataFolder, { recursive: true })
  const path = join(dataFolder, 'posthorn.log')
  const fd = openSync(path, 'a', 0o600)
  const trim = (): void => {
    if (fstatSync(fd).size > MAX_BYTES) ftruncateSync(fd)
  }
  trim()
  const timer = setInterval(trim, CHECK_MS).unref()
  return {
    path,
    fd,
    [Symbol.dispose]: () => {
      clearInterval(timer)
      closeSync(fd)
    },
  }
}
