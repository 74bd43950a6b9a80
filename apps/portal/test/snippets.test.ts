import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  SNIPPET_LANGUAGES,
  snippetFile,
} from '../src/features/endpoints/components/snippet-languages.ts'
import { SNIPPET_RUNNERS } from './snippet-runners.ts'

const FOLDER = fileURLToPath(new URL('../src/features/endpoints/snippets/', import.meta.url))
const HERE = fileURLToPath(new URL('.', import.meta.url))
const KEY = Buffer.alloc(24, 5)
const SECRET = `whsec_${KEY.toString('base64')}`
// What is lost where bytes become text and back.
const BODY = String.raw`{"amount":12345678901234567890,"name":"Ä ${'n\u0303'} ñ 😊 … <\/p></p> \/ & ${'\u2028'}"}`
// A compiler's first run on a busy machine.
const TOOLCHAIN_MS = 240_000

const isInstalled = ([command, ...args]: readonly string[]): boolean => {
  try {
    execFileSync(command ?? '', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.each(Object.entries(SNIPPET_RUNNERS))('the snippet %s', (file, runner) => {
  const isHere = isInstalled(runner.probe)
  if (!isHere) process.stderr.write(`\n!!! ${file} not run: no ${runner.probe[0]}\n`)

  it.skipIf(!isHere)(
    'accepts any signature that matches, and no other',
    () => {
      // Beside the test: the library's snippet finds its package there.
      const folder = mkdtempSync(join(runner.isBeside === true ? HERE : tmpdir(), '.snippet-'))
      const snippet = readFileSync(join(FOLDER, file), 'utf8')
      for (const [name, text] of Object.entries(runner.files(snippet, SECRET)))
        writeFileSync(join(folder, name), text)
      const exitOf = (args: readonly string[]): number => {
        const [command, ...rest] = runner.command
        try {
          execFileSync(command, [...rest, ...args], {
            input: BODY,
            cwd: folder,
            stdio: ['pipe', 'ignore', 'ignore'],
          })
          return 0
        } catch (err) {
          return Number(Object(err).status)
        }
      }
      if (runner.prepare !== undefined) {
        const [command, ...rest] = runner.prepare
        execFileSync(command, rest, { cwd: folder, stdio: 'ignore' })
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
    },
    TOOLCHAIN_MS,
  )
})

describe('the list of snippets', () => {
  it('says that a snippet is tested exactly where a test runs it', () => {
    const tested = SNIPPET_LANGUAGES.flatMap(({ id, tested }) =>
      tested.map((form) => snippetFile(id, form)),
    )
    expect(tested.toSorted()).toEqual(Object.keys(SNIPPET_RUNNERS).toSorted())
  })

  it('has a file for each form of each language', () => {
    const files = SNIPPET_LANGUAGES.flatMap(({ id, forms }) =>
      forms.map((form) => snippetFile(id, form)),
    )
    expect(readdirSync(FOLDER).toSorted()).toEqual(files.toSorted())
  })
})
