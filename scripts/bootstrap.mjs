// What `npm start`, `npm test` and the rest run first, on any Node from 20 on and with npm only: fetches
// Node 24 and pnpm, installs what is missing, generates the database client, builds the pages, then runs the
// command with Node 24. When nothing changed it only compares three hashes.
import { join } from 'node:path'
import { buildPages } from './build-pages.mjs'
import { generateDatabaseClient } from './generate-database-client.mjs'
import { installDependencies } from './install-dependencies.mjs'
import { NODE, ROOT, withNode24 } from './paths.mjs'
import { runForeground } from './run-foreground.mjs'

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
const CLI = join(ROOT, 'packages/cli/src/posthorn.ts')

// Files are found by a part of their path; those that are named are run instead.
const PAGE_TESTS = ['apps/portal/test/', 'apps/console/test/']

const COMMANDS = {
  start: [CLI, 'start'],
  posthorn: [CLI],
  test: [VITEST, 'run'],
  'test:long': [VITEST, 'run', '--config', join(ROOT, 'vitest.long.config.ts')],
  bench: [join(ROOT, 'bench/src/main.ts')],
  'test:pages': [VITEST, 'run'],
  screenshots: [join(ROOT, 'apps/console/test/pictures/main.ts')],
  verify: [join(ROOT, 'scripts/verify.mjs')],
  // Only what comes before a command; for images.
  prepare: ['--version'],
}

const [name = '', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command === undefined) {
  console.error(`posthorn: no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}`)
  process.exit(2)
}

try {
  await installDependencies()
  await generateDatabaseClient()
  await buildPages()
} catch (err) {
  console.error(`posthorn: ${err.message}`)
  process.exit(1)
}
// Kept between starts, stripped types and all: loading the code takes half the time.
const isWhole = name === 'test:pages' && args.includes('--all')
const env = {
  ...(isWhole ? { POSTHORN_PAGES: 'all' } : {}),
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compile'),
  ...withNode24(),
}
// Axe over a whole matrix takes many times what the test itself does.
const ofMatrix = isWhole ? ['--testTimeout=600000'] : []
const named = args.filter((arg) => !arg.startsWith('-'))
const files = name === 'test:pages' && named.length === 0 ? PAGE_TESTS : []
const passedOn = [...ofMatrix, ...files, ...args.filter((arg) => !isWhole || arg !== '--all')]
await runForeground(NODE, [...command, ...passedOn], { env, isService: name === 'start' })
