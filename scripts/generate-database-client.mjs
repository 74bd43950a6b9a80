import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, NODE, readIfThere, ROOT, withNode24 } from './paths.mjs'
import { runStep } from './run-step.mjs'

const STAMP = join(ROOT, 'packages/db/src/generated/.schema-hash')

/** Generates Prisma's client if it isn't that of the schema and of the installed Prisma. */
export async function generateDatabaseClient() {
  const hash = hashFiles(...schemaFiles(), 'node_modules/prisma/package.json')
  if (readIfThere(STAMP) === hash) return
  await runStep(
    'generating the database client',
    [NODE, join(ROOT, 'node_modules/prisma/build/index.js'), 'generate'],
    {
      cwd: ROOT,
      // Generating needs no schema engine; naming any executable keeps Prisma from downloading one.
      env: {
        ...withNode24(),
        PRISMA_SCHEMA_ENGINE_BINARY: NODE,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    },
  )
  writeFileSync(STAMP, hash)
}

function schemaFiles() {
  const models = readdirSync(join(ROOT, 'prisma/models')).toSorted()
  return ['prisma/schema.prisma', ...models.map((name) => `prisma/models/${name}`)]
}
