import { type Inbox, startInbox } from '@posthorn/embedded'
import type { Env } from '@posthorn/runtime'
import { Webhook } from 'standardwebhooks'

export interface LocalInboxOptions {
  readonly port: number
  readonly secret: string
  /** For the api alone. */
  readonly token: string
}

/** The inbox of local mode, which verifies as its own endpoint's receiver would. */
export function startLocalInbox({ port, secret, token }: LocalInboxOptions): Promise<Inbox> {
  const webhook = new Webhook(secret)
  return startInbox({
    port,
    token,
    verify: (body, headers) => {
      try {
        webhook.verify(body, headers)
        return true
      } catch {
        return false
      }
    },
  })
}

/** What the api is told of it. */
export function inboxSettings(inbox: Inbox, token: string): Env {
  return { POSTHORN_INBOX_URL: inbox.url, POSTHORN_INBOX_TOKEN: token }
}
