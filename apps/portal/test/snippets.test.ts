import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const FOLDER = fileURLToPath(new URL('../src/features/endpoints/snippets/', import.meta.url))
const KEY = Buffer.alloc(24, 5)
const SECRET = `whsec_${KEY.toString('base64')}`
const BODY = '{"amount":12345678901234567890,"name":"Ä"}'

const HEADERS = 'JSON.parse(process.argv[1])'
const RUNNERS = {
  javascript: {
    file: 'verify.mjs',
    probe: ['node', '--version'],
    command: (path: string, [id, time, signature]: string[]) => [
      'node',
      '--input-type=module',
      '-e',
      `import { verify } from '${path}'; process.exit(verify('${SECRET}', ${HEADERS}, ${JSON.stringify(BODY)}) ? 0 : 3)`,
      JSON.stringify({
        'webhook-id': id,
        'webhook-timestamp': time,
        'webhook-signature': signature,
      }),
    ],
    tail: '',
  },
  python: {
    file: 'verify.py',
    probe: ['python3', '--version'],
    command: (path: string, args: string[]) => ['python3', path, ...args],
    tail: `
import sys
names = ["webhook-id", "webhook-timestamp", "webhook-signature"]
sys.exit(0 if verify("${SECRET}", dict(zip(names, sys.argv[1:])), sys.stdin.buffer.read()) else 3)
`,
  },
  shell: {
    file: 'verify.sh',
    probe: ['openssl', 'version'],
    command: (path: string, args: string[]) => ['bash', path, ...args],
    tail: `verify "${SECRET}" "$@" || exit 3\n`,
  },
} as const

const isInstalled = ([command, ...args]: readonly string[]): boolean => {
  try {
    execFileSync(command ?? '', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.each(Object.entries(RUNNERS))('the %s snippet', (name, runner) => {
  it.skipIf(!isInstalled(runner.probe))('accepts any signature that matches, and no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'posthorn-snippet-'))
    const path = join(folder, runner.file)
    writeFileSync(path, readFileSync(join(FOLDER, `${name}.txt`), 'utf8') + runner.tail)
    const exitOf = (args: string[]): number => {
      const [command = '', ...rest] = runner.command(path, args)
      try {
        execFileSync(command, rest, { input: BODY, stdio: ['pipe', 'ignore', 'ignore'] })
        return 0
      } catch (err) {
        return Number(Object(err).status)
      }
    }
    const now = Math.floor(Date.now() / 1000)
    const sign = (time: number) =>
      `v1,${createHmac('sha256', KEY).update(`msg_1.${time}.${BODY}`).digest('base64')}`
    const other = `v1,${Buffer.alloc(32).toString('base64')}`
    expect(exitOf(['msg_1', String(now), `${other} ${sign(now)}`])).toBe(0)
    expect(exitOf(['msg_1', String(now), other])).toBe(3)
    expect(exitOf(['msg_2', String(now), sign(now)])).toBe(3)
    expect(exitOf(['msg_1', String(now - 900), sign(now - 900)])).toBe(3)
    rmSync(folder, { recursive: true })
  })
})
