import { losantIdOf } from '@posthorn/core/ingest'
import { createClient } from 'losant-rest'
import { setupApi } from './api-setup.ts'

/** An application, and Losant's own client with a token of its organisation. */
export async function setupLosant() {
  const api = await setupApi()
  const { body: application } = await api.send('POST', '/app', {
    body: { name: 'Plant', uid: 'plant' },
  })
  const applicationId = losantIdOf(application.id)
  return {
    ...api,
    appId: String(application.id),
    applicationId,
    client: clientOf(api.url, api.token),
    /** The client with a key that has these scopes alone. */
    async clientWith(scopes: readonly string[]) {
      const { text } = await api.apiKey({ scopes })
      return clientOf(api.url, text)
    },
    raw: rawSender(api.url, api.token),
  }
}

export function clientOf(url: string, accessToken: string) {
  return createClient({ accessToken, url })
}

type RawCall = [method: string, path: string, body?: unknown, bearer?: string]

function rawSender(url: string, token: string) {
  return async (...[method, path, body, bearer = token]: RawCall) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: JSON.parse(await response.text()) }
  }
}

/** With one webhook. */
export async function setupWebhook() {
  const losant = await setupLosant()
  const { client, applicationId } = losant
  const webhook = await client.webhooks.post({ applicationId, webhook: { name: 'My New Webhook' } })
  const named = { applicationId, webhookId: webhook.id }
  return { ...losant, webhook, named }
}
