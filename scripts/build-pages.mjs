import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, NODE, readIfThere, ROOT, withNode24 } from './paths.mjs'
import { runStep } from './run-step.mjs'

const PORTAL = join(ROOT, 'apps/portal')
const DIST = join(PORTAL, 'dist')
const STAMP = join(DIST, '.source-hash')
const FOLDERS = ['apps/portal/src', 'apps/portal/public', 'packages/ui/src', 'packages/client/src']
const FILES = ['apps/portal/index.html', 'apps/portal/vite.config.ts', 'pnpm-lock.yaml']

/** Builds the portal if what is built isn't that of its sources. */
export async function buildPages() {
  if (!existsSync(PORTAL)) return
  const hash = hashFiles(...FILES, ...FOLDERS.flatMap(filesIn))
  if (readIfThere(STAMP) === hash) return
  await runStep(
    'building the portal',
    [NODE, join(PORTAL, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
    { cwd: PORTAL, env: { ...withNode24(), NODE_ENV: 'production' } },
  )
  writeFileSync(STAMP, hash)
}

function filesIn(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .toSorted()
}
