import { spawn } from 'node:child_process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const PARENT_CHECK_MS = 1_000

/**
 * Runs the command in this terminal and ends as it ends: signals go to it, its exit code or signal
 * comes back. A service gets a channel, so that it stops if this process is killed.
 */
export async function runForeground(command, args, { env, isService }) {
  const stdio = isService ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
  const child = spawn(command, args, { env, stdio })
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  if (isService) stopWithNpm(child)
  const [code, signal] = await ended(child)
  if (signal === null) process.exit(code)
  for (const name of SIGNALS) process.removeAllListeners(name)
  process.kill(process.pid, signal)
}

function ended(child) {
  return new Promise((resolve) => {
    child.on('error', (err) => {
      console.error(`posthorn: ${err.message}`)
      resolve([1, null])
    })
    child.on('exit', (code, signal) => resolve([code, signal]))
  })
}

// npm killed with -9 tells nobody; only the parent's id changes (`exec` in package.json makes npm the
// parent). Without npm a changed parent means nothing: the shell that started us may have ended.
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return
  const npm = process.ppid
  setInterval(() => {
    if (process.ppid !== npm) child.kill('SIGTERM')
  }, PARENT_CHECK_MS).unref()
}
