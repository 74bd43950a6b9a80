import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { curlCommand } from './curl-command.ts'

const run = promisify(execFile)

/** What a shell would give to curl: each argument on a line of its own, as JSON. */
async function argumentsOf(command: string): Promise<string[]> {
  const stand = `curl() { for part in "$@"; do printf '%s\\0' "$part"; done; cat; }`
  const { stdout } = await run('bash', ['-c', `${stand}\n${command} </dev/null`])
  return stdout.split('\0')
}

describe('the line for a shell', () => {
  it('gives curl what was sent, whatever is in it', async () => {
    const body = `{"a":"it's $HOME \`id\` \\n \\"x\\""}\n`
    const url = 'https://hooks.example.com/[a]?b=1&c={2}'
    const given = await argumentsOf(
      curlCommand({ url, headers: [['x-note', "O'Hara; rm -rf $(pwd)"]], body }),
    )
    expect(given).toEqual([
      '--globoff',
      '-X',
      'POST',
      url,
      '-H',
      "x-note: O'Hara; rm -rf $(pwd)",
      '--data-raw',
      body,
      '',
    ])
  })

  it('sends the bytes that no text can be', async () => {
    const command = curlCommand({
      url: 'https://hooks.example.com/a',
      headers: [],
      body: Buffer.from('bytes').toString('base64'),
      isBase64: true,
    })
    const stand = `curl() { printf '%s ' "$@"; cat; }`
    const { stdout } = await run('bash', ['-c', `${stand}\n${command}`])
    expect(stdout).toBe('--globoff -X POST https://hooks.example.com/a --data-binary @- bytes')
  })
})
