import { DEFAULT_OPTIONS } from '@posthorn/core'
import { losantSettingsOf } from '@posthorn/core/ingest'
import { startTestIngest, type TestIngestOptions } from './test-ingest.ts'

interface WebhookCall {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer | FormData
}

type Config = Readonly<Record<string, string | number | boolean>>

/** The real ingest with one Losant webhook, and how to call it. */
export async function setupWebhook(config: Config = {}, options: TestIngestOptions = {}) {
  const ingest = await startTestIngest(options)
  const maker = webhookMaker(ingest)
  return { ...ingest, ...maker, ...(await maker.webhook(config)) }
}

function webhookMaker(ingest: Awaited<ReturnType<typeof startTestIngest>>) {
  return {
    async webhook(config: Config, isEnabled = true) {
      const webhook = await ingest.source({
        type: 'losant',
        config,
        options: { ...DEFAULT_OPTIONS, enabled: isEnabled },
      })
      const webhookUrl = `${ingest.url}/webhooks/${webhook.token}`
      return {
        webhookId: webhook.id,
        appId: webhook.appId,
        token: webhook.token,
        settings: losantSettingsOf(webhook.config),
        webhookUrl,
        call: (init: WebhookCall = {}, suffix = '') => callWebhook(webhookUrl + suffix, init),
        messages: webhook.messages,
        requests: webhook.requests,
      }
    },
  }
}

async function callWebhook(url: string, { method = 'POST', headers = {}, body }: WebhookCall) {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body: Buffer.isBuffer(body) ? new Uint8Array(body) : body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** What the newest message says that came. */
export async function triggeredBy({
  messages,
}: Pick<Awaited<ReturnType<typeof setupWebhook>>, 'messages'>) {
  const message = (await messages()).at(-1)
  return JSON.parse(message?.payload ?? 'null')
}
