/** What a person reads; logs go elsewhere. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

export function printError(line: string): void {
  process.stderr.write(`${line}\n`)
}
