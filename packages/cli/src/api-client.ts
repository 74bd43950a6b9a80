import * as z from 'zod'

/** The few calls of the public API that the first delivery makes. */
export class ApiClient {
  readonly #base: string
  readonly #token: string

  constructor(base: string, token: string) {
    this.#base = base
    this.#token = token
  }

  async createApplication(name: string): Promise<string> {
    return WithId.parse(await this.#call('POST', '/app', { name })).id
  }

  async createEventType(eventType: object): Promise<void> {
    await this.#call('POST', '/event-type', eventType)
  }

  async createEndpoint(appId: string, endpoint: { url: string; secret: string }): Promise<string> {
    return WithId.parse(await this.#call('POST', `/app/${appId}/endpoint`, endpoint)).id
  }

  async publish(appId: string, message: object): Promise<string> {
    return WithId.parse(await this.#call('POST', `/app/${appId}/msg`, message)).id
  }

  async listAttempts(appId: string, messageId: string): Promise<readonly ListedAttempt[]> {
    return Attempts.parse(await this.#call('GET', `/app/${appId}/attempt/msg/${messageId}`)).data
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    })
    if (response.ok) return response.json()
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
  }
}

const WithId = z.object({ id: z.string() })
const Attempt = z.object({
  id: z.string(),
  responseStatusCode: z.number(),
  responseDurationMs: z.number(),
  response: z.string(),
})
const Attempts = z.object({ data: z.array(Attempt) })

export type ListedAttempt = z.infer<typeof Attempt>
