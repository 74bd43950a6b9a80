import { readdirSync, readFileSync } from 'node:fs'
import { openDatabase } from '@posthorn/db'
import { startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'

const MODELS = new URL('../../../prisma/models/', import.meta.url)
const SCHEMA = readdirSync(MODELS)
  .map((name) => readFileSync(new URL(name, MODELS), 'utf8'))
  .join('\n')

/** `table.column` to its Postgres type, a `?` where it may be null. */
type Columns = Record<string, string>

const NATIVE: Readonly<Record<string, string>> = {
  'String @db.Uuid': 'uuid',
  'Int @db.SmallInt': 'int2',
  'DateTime @db.Timestamptz': 'timestamptz',
  String: 'text',
  Int: 'int4',
  BigInt: 'int8',
  Float: 'float8',
  Boolean: 'bool',
  Json: 'jsonb',
  Bytes: 'bytea',
}

function blocks(kind: 'model' | 'enum'): [name: string, body: string][] {
  const pattern = new RegExp(`^${kind} (\\w+) \\{\\n([^]*?)^\\}`, 'gm')
  return [...SCHEMA.matchAll(pattern)].map(([, name = '', body = '']) => [name, body])
}

function mapped(text: string, otherwise: string): string {
  return /@map\("(\w+)"\)/.exec(text)?.[1] ?? otherwise
}

function describedColumns(): Columns {
  const enums = new Map(blocks('enum').map(([name, body]) => [name, mapped(body, name)]))
  return Object.fromEntries(
    blocks('model').flatMap(([name, body]) => {
      const table = mapped(/^\s*@@map.*/m.exec(body)?.[0] ?? '', name)
      const fields = body.matchAll(/^ {2}(\w+) +(\w+)(\[\])?(\?)?(.*)$/gm)
      return [...fields].map(([, field = '', type = '', list = '', optional = '', rest = '']) => {
        const native = /@db\.\w+/.exec(rest)?.[0]
        const base = enums.get(type) ?? NATIVE[native === undefined ? type : `${type} ${native}`]
        const shown = `${list === '' ? '' : '_'}${base}${optional}`
        return [`${table}.${mapped(rest, field)}`, shown]
      })
    }),
  )
}

async function migratedColumns(): Promise<Columns> {
  await using database = await startTestDatabase()
  await using db = openDatabase({ url: database.url })
  const { rows } = await db.hot.query<{ name: string; type: string }>(
    `SELECT c.relname || '.' || a.attname AS name,
            t.typname || CASE WHEN a.attnotnull THEN '' ELSE '?' END AS type
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'`,
  )
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]))
}

describe('the migrated database', () => {
  it('has the columns, types and nullability that prisma/models say', async () => {
    const described = describedColumns()
    expect(Object.keys(described).length).toBeGreaterThan(100)
    expect(await migratedColumns()).toEqual(described)
  })
})
