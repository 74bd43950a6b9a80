import { spawn } from 'node:child_process'

const HEARTBEAT_MS = 5_000
const SHOWN_ON_FAILURE = 4_000

/** Runs a command quietly but for a sign of life every five seconds; throws with the end of its output. */
export async function runStep(title, [command, ...args], options) {
  const startedAt = Date.now()
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`
  console.error(`posthorn: ${title} …`)
  const heartbeat = setInterval(
    () => console.error(`posthorn: … still at it, ${seconds()}`),
    HEARTBEAT_MS,
  )
  try {
    const { code, output } = await collect(
      spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
    )
    if (code !== 0)
      throw new Error(`${title} failed (exit ${code})\n${output.slice(-SHOWN_ON_FAILURE)}`)
  } finally {
    clearInterval(heartbeat)
  }
  console.error(`posthorn: ${title}: done in ${seconds()}`)
}

function collect(child) {
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
