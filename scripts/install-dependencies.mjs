import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hashFiles, NODE, readIfThere, ROOT, withNode24 } from './paths.mjs'
import { runStep } from './run-step.mjs'

const STAMP = join(ROOT, 'node_modules/.posthorn-lockfile-hash')
const TOOLS = join(ROOT, 'node_modules/.bootstrap')
const TOOLS_BIN = join(TOOLS, 'node_modules/.bin')
const isNode24 = process.versions.node.startsWith('24.')

/** Installs the dependencies if those in `node_modules` aren't the lockfile's. */
export async function installDependencies() {
  const hash = hashFiles('pnpm-lock.yaml', 'pnpm-workspace.yaml')
  if (readIfThere(STAMP) === hash && existsSync(NODE)) return
  const pins = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies
  await fetchTools(pins)
  // Its own Node, not the one that runs this: optional native packages are chosen by its version.
  await runStep(
    'installing dependencies',
    [join(TOOLS_BIN, 'pnpm'), 'install', '--frozen-lockfile', '--reporter=append-only'],
    {
      cwd: ROOT,
      env: {
        ...withNode24([TOOLS_BIN, ...(isNode24 ? [dirname(process.execPath)] : [])]),
        CI: 'true',
        // With `production` pnpm would leave out Node 24 itself and all tools.
        NODE_ENV: 'development',
      },
    },
  )
  if (!existsSync(NODE)) throw new Error('the installation left no Node 24 in node_modules/.bin')
  writeFileSync(STAMP, hash)
}

async function fetchTools(pins) {
  const wanted = `node ${isNode24 ? 'own' : pins.node} pnpm ${pins.pnpm}`
  const stamp = join(TOOLS, 'installed')
  if (readIfThere(stamp) === wanted) return
  mkdirSync(TOOLS, { recursive: true })
  writeFileSync(join(TOOLS, 'package.json'), '{ "private": true }\n')
  const packages = [`pnpm@${pins.pnpm}`, ...(isNode24 ? [] : [`node@${pins.node}`])]
  await runStep(
    `fetching ${packages.join(' and ')}`,
    ['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', ...packages],
    { cwd: TOOLS },
  )
  writeFileSync(stamp, wanted)
}
