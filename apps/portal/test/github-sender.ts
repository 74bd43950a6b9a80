import { githubSignature } from '@posthorn/test-kit'

/** As GitHub sends and signs. */
export function sendAsGitHub(url: string, secret: string, body: object) {
  return sendSigned(url, { secret, text: JSON.stringify(body), headers: {} })
}

interface Signed {
  readonly secret: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

export function sendSigned(url: string, { secret, text, headers }: Signed) {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': crypto.randomUUID(),
      'x-hub-signature-256': githubSignature(secret, text),
      ...headers,
    },
    body: text,
  })
}
