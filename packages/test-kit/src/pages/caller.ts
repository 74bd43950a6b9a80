export type Caller = (
  method: string,
  path: string,
  /** Text goes as it is. */
  body?: object | string,
) => Promise<Record<string, unknown>>

/** Calls the public API with a token of the organisation, as whoever runs us would; throws at a refusal. */
export function createCaller(url: string, token: string): Caller {
  return async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return Object(JSON.parse(text || '{}'))
  }
}
