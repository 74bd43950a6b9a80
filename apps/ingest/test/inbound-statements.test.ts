import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const ROOT = new URL('../../../', import.meta.url)
const DOCUMENT = readFileSync(new URL('docs/inbound-statements.md', ROOT), 'utf8')
const FOLDERS = [
  'apps/ingest/test/',
  'apps/ingest/src/reply/',
  'apps/api/test/',
  'apps/portal/test/',
]

/** What stands first in a call, as the names of tests and groups do. */
const TITLE = /\(\s*(['"`])((?:\\.|(?!\1)[^\n])*)\1\s*,/g
const titles = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(folder + name, ROOT), 'utf8'))
    .flatMap((text) => [...text.matchAll(TITLE)].map(([, , title = '']) => title)),
)

/** Of the last column of each table: where a statement is true. */
const cells = DOCUMENT.split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(/(?<!\\)\|/).at(-2) ?? '')

/** A name may be shortened by … wherever it is. */
function isNamed(name: string): boolean {
  const parts = name.split('…').map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('.*')}$`)
  return titles.some((title) => pattern.test(title))
}

it('the tests that docs/inbound-statements.md names are there', () => {
  const names = cells.flatMap((cell) =>
    [...cell.matchAll(/(?<![\w*])\*([^*]+)\*/g)].map(([, name = '']) => name),
  )
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => !isNamed(name))).toEqual([])
})

it('the files that it names are there', () => {
  const files = [...DOCUMENT.matchAll(/`((?:apps|packages)\/[\w./-]+\.\w+)`/g)]
  expect(files.length).toBeGreaterThan(10)
  const gone = files.filter(([, file = '']) => !existsSync(new URL(file, ROOT)))
  expect(gone.map(([, file]) => file)).toEqual([])
})
