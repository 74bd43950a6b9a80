/** What a person reads; logs go elsewhere. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

export function printError(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** To the terminal or the container's output, not into the log's lines, which are kept and shipped. */
export function printFirstOwner(url: string | null, to: (line: string) => void): void {
  if (url !== null) to(`Console, for its first owner (once, for a day): ${url}`)
}
