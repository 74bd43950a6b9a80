import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashFiles, NODE, readIfThere, ROOT, withNode24 } from './paths.mjs'
import { runStep } from './run-step.mjs'

const SHARED = ['packages/ui/src', 'packages/client/src', 'packages/source-pages/src']

/** Builds each app of pages if what is built isn't that of its sources. */
export async function buildPages() {
  for (const name of ['portal', 'console']) await buildApp(name)
}

async function buildApp(name) {
  const folder = `apps/${name}`
  const cwd = join(ROOT, folder)
  if (!existsSync(cwd)) return
  const stamp = join(cwd, 'dist/.source-hash')
  const files = [`${folder}/index.html`, `${folder}/vite.config.ts`, 'pnpm-lock.yaml']
  const folders = [`${folder}/src`, `${folder}/public`, ...SHARED]
  const hash = hashFiles(...files, ...folders.flatMap(filesIn))
  if (readIfThere(stamp) === hash) return
  await runStep(
    `building the ${name}`,
    [NODE, join(cwd, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
    { cwd, env: { ...withNode24(), NODE_ENV: 'production' } },
  )
  writeFileSync(stamp, hash)
}

function filesIn(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .toSorted()
}
