/** The few calls of the HTTP API that the bench makes besides publishing. */
export class PosthornApi {
  readonly authorization: string
  readonly #base: string

  constructor(baseUrl: string, token: string) {
    this.#base = `${baseUrl}/api/v1`
    this.authorization = `Bearer ${token}`
  }

  post(path: string, body: object): Promise<unknown> {
    return this.#call('POST', path, body)
  }

  patch(path: string, body: object): Promise<unknown> {
    return this.#call('PATCH', path, body)
  }

  get(path: string): Promise<unknown> {
    return this.#call('GET', path)
  }

  delete(path: string): Promise<unknown> {
    return this.#call('DELETE', path)
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { authorization: this.authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
    return text === '' ? null : JSON.parse(text)
  }
}

/** The `id` of what the API answered. */
export function idOf(created: unknown): string {
  if (
    typeof created === 'object' &&
    created !== null &&
    'id' in created &&
    typeof created.id === 'string'
  ) {
    return created.id
  }
  throw new Error('the API answered without an id')
}
