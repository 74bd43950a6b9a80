import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'

type Child = ChildProcessByStdio<null, Readable, null>

const service = (dispose: string, options = ''): string => `
  import { runUntilStopped, silentLogger } from ${JSON.stringify(import.meta.resolve('./index.ts'))}
  await runUntilStopped({
    logger: silentLogger,
    start: async () => {
      console.log('started')
      return { [Symbol.asyncDispose]: async () => { ${dispose} } }
    },
    ${options}
  })
  console.log('stopped')`

async function setup(dispose: string, options?: string) {
  const args = ['--input-type=module', '-e', service(dispose, options)]
  const child: Child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await once(child.stdout, 'data')
  const exited = once(child, 'close')
  return { child, exited, output: () => output }
}

describe('runUntilStopped', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'disposes on %s and exits 0',
    async (signal) => {
      const { child, exited, output } = await setup('console.log("disposing")')
      child.kill(signal)
      expect(await exited).toEqual([0, null])
      expect(output()).toBe('started\ndisposing\nstopped\n')
    },
  )

  it('takes signals that come together for one request', async () => {
    const { child, exited, output } = await setup('await new Promise((r) => setTimeout(r, 300))')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(output()).toContain('stopped')
  })

  it('forces the exit when stopping takes longer than the deadline', async () => {
    const hang = 'setInterval(() => {}, 1000); await new Promise(() => {})'
    const { child, exited } = await setup(hang, 'deadlineMs: 50')
    child.kill('SIGTERM')
    expect(await exited).toEqual([null, 'SIGKILL'])
  })

  it('forces the exit when something left open keeps a stopped process alive', async () => {
    const { child, exited } = await setup('setInterval(() => {}, 1000)', 'deadlineMs: 50')
    child.kill('SIGTERM')
    expect(await exited).toEqual([null, 'SIGKILL'])
  })

  it('forces the exit on a second signal', async () => {
    const hang = `setTimeout(() => process.kill(process.pid, 'SIGTERM'), 1100)
      await new Promise(() => {})`
    const { child, exited } = await setup(hang)
    child.kill('SIGTERM')
    expect(await exited).toEqual([null, 'SIGKILL'])
  })
})
