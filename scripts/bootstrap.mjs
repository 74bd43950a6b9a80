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

const COMMANDS = {
  start: [CLI, 'start'],
  posthorn: [CLI],
  test: [VITEST, 'run'],
  'test:long': [VITEST, 'run', '--config', join(ROOT, 'vitest.long.config.ts')],
  bench: [join(ROOT, 'bench/src/main.ts')],
  screenshots: [VITEST, 'run', 'apps/portal/test/screens.test.ts'],
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
const pictures = name === 'screenshots' ? { POSTHORN_SCREENSHOTS: join(ROOT, 'docs/images') } : {}
const env = {
  ...pictures,
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compile'),
  ...withNode24(),
}
await runForeground(NODE, [...command, ...args], { env, isService: name === 'start' })
