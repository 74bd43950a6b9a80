import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { setup, waitFor } from './cli-setup.ts'

const Shown = z.object({
  entries: z.array(z.object({ isVerified: z.boolean(), body: z.string() })),
})

describe('the first start', () => {
  it('shows a delivered, verified event, a key and a curl that publishes the next; the second start keeps the data', async () => {
    await using cli = await setup()
    const first = await cli.start()
    expect(first.output()).toMatch(/published {4}invoice\.paid as msg_\w{27}$/m)
    expect(first.output()).toMatch(/attempt {6}atmpt_\w{27}: 200 in \d+ ms, \{"received":true\}$/m)
    expect(first.output()).toMatch(/signature {4}verified with the standardwebhooks library$/m)

    const [, url = '', key = '', body = ''] =
      /curl (\S+) \\\n.*Bearer (\S+)' \\\n.*\n\s+-d '(.+)'$/m.exec(first.output()) ?? []
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(202)
    first.child.kill('SIGTERM')
    expect(await first.ended).toEqual([0, null])

    const second = await cli.start()
    expect(second.output()).not.toContain('First delivery')
    expect(second.output()).not.toContain(key)
    expect(second.output()).toContain('npx --no posthorn keys create')
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(202)
    const inbox = `http://127.0.0.1:${cli.inboxPort}/inbox`
    let shown = Shown.parse(await (await fetch(inbox)).json())
    await waitFor(() => {
      void fetch(inbox).then(async (answer) => (shown = Shown.parse(await answer.json())))
      return shown.entries.length > 0
    })
    expect(shown.entries.every((entry) => entry.isVerified)).toBe(true)
  })
})
