// `npm run verify`: all that is checked without running the product. Every step runs, so that one look
// shows all that is wrong.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { BIN, ROOT, withoutTelling } from './paths.mjs'

const STEPS = {
  format: ['oxfmt', '--check', '.'],
  lint: ['turbo', 'run', 'lint', '--output-logs=errors-only'],
  types: ['turbo', 'run', 'typecheck', '--output-logs=errors-only'],
  layers: ['turbo', 'boundaries'],
  'dead code': ['knip', '--no-config-hints'],
}

const env = withoutTelling(process.env)
const failed = Object.entries(STEPS).filter(([name, [command, ...args]]) => {
  const startedAt = performance.now()
  console.log(`\n== ${name}`)
  const { status } = spawnSync(join(BIN, command), args, { cwd: ROOT, env, stdio: 'inherit' })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`)
  return status !== 0
})

const passed = Object.keys(STEPS).length - failed.length
console.log(`\nverify: ${passed} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1
