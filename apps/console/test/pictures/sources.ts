import { githubSignature } from '@posthorn/test-kit'
import type { Console } from '../console-setup.ts'

const SECRET = 'a'.repeat(64)

/** One that works, with a log and two requests in quarantine, and one that was just made. */
export async function addSources(staff: Console, application: string): Promise<void> {
  const one = { type: 'github', name: 'Deployments', application, secrets: [SECRET] }
  const { id, ingestUrl } = await staff.call('POST', '/source', one)
  await staff.call('POST', '/source', {
    type: 'stripe',
    name: 'Payments',
    application,
    secrets: [],
  })
  const url = ingestUrl ?? (await staff.call('GET', `/source/${String(id)}`))['ingestUrl']
  for (let n = 0; n < 9; n++)
    await send(String(url), n === 4 || n === 5 ? 'b'.repeat(64) : SECRET, n)
}

/** As GitHub sends and signs. */
async function send(url: string, secret: string, n: number): Promise<void> {
  const body = JSON.stringify({
    action: 'created',
    deployment: { id: 5_120 + n, environment: n % 2 === 0 ? 'production' : 'staging' },
    repository: { full_name: 'northlight/shop' },
  })
  await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/044aadd',
      'x-github-event': n % 3 === 0 ? 'deployment' : 'deployment_status',
      'x-github-delivery': crypto.randomUUID(),
      'x-hub-signature-256': githubSignature(secret, body),
    },
    body,
  })
}
