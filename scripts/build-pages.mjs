import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BIN, hashFiles, readIfThere, ROOT, withNode24, withoutTelling } from './paths.mjs'
import { runStep } from './run-step.mjs'

const APPS = ['portal', 'console']
const SHARED = ['packages/ui/src', 'packages/client/src', 'packages/source-pages/src']

/** Builds the apps of pages whose built form isn't that of their sources. */
export async function buildPages() {
  const stale = APPS.map(lookAt).filter(({ isBuilt }) => !isBuilt)
  if (stale.length === 0) return
  const filters = stale.map(({ name }) => `--filter=@posthorn/${name}`)
  await runStep(
    `building the ${stale.map(({ name }) => name).join(' and the ')}`,
    [join(BIN, 'turbo'), 'run', 'build', ...filters, '--output-logs=errors-only'],
    { cwd: ROOT, env: { ...withoutTelling(withNode24()), NODE_ENV: 'production' } },
  )
  for (const { stamp, hash } of stale) writeFileSync(stamp, hash)
}

function lookAt(name) {
  const folder = `apps/${name}`
  if (!existsSync(join(ROOT, folder))) return { name, isBuilt: true }
  const stamp = join(ROOT, folder, 'dist/.source-hash')
  const files = [`${folder}/index.html`, `${folder}/vite.config.ts`, 'pnpm-lock.yaml']
  const folders = [`${folder}/src`, `${folder}/public`, ...SHARED]
  const hash = hashFiles(...files, ...folders.flatMap(filesIn))
  return { name, stamp, hash, isBuilt: readIfThere(stamp) === hash }
}

function filesIn(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .toSorted()
}
