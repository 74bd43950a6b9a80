import { readApiError, unreachable } from './api-error.ts'

export type ClientOptions = TokenOptions | SessionOptions

interface AnyOptions {
  /** Of the api, without a slash at the end. */
  readonly baseUrl: string
  readonly fetch?: typeof globalThis.fetch
}

export interface TokenOptions extends AnyOptions {
  /** Asked before each request, so that a renewed token is taken at once. */
  readonly token: () => string
}

/** By the cookie of the console's session, which only pages of the api's own host have. */
export interface SessionOptions extends AnyOptions {
  /** The organisation that a request is about; null for what is about none. */
  readonly organisation: () => string | null
}

export type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>

export interface Cancelable {
  readonly signal?: AbortSignal | undefined
}

export interface ApiRequest extends Cancelable {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: QueryValues
  readonly body?: unknown
  /** Sent as `idempotency-key`: the same key twice is done once. */
  readonly idempotencyKey?: string
}

export type SendRequest = <T>(request: ApiRequest) => Promise<T>

export interface Transport {
  readonly json: SendRequest
  readonly text: (request: ApiRequest) => Promise<string>
  readonly blob: (request: ApiRequest) => Promise<Blob>
}

export function createTransport(options: ClientOptions): Transport {
  const text = async (request: ApiRequest) => (await send(options, request)).text()
  return {
    text,
    json: async <T>(request: ApiRequest) => trusted<T>(await text(request)),
    blob: async (request: ApiRequest) => (await send(options, request)).blob(),
  }
}

// The api answers by the schemas that these types come from; it is ours, and its tests hold it to them.
function trusted<T>(text: string): T {
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** @throws {ApiError} on every answer that is not 2xx, and when there is none */
async function send(options: ClientOptions, request: ApiRequest): Promise<Response> {
  const { fetch = globalThis.fetch, baseUrl } = options
  const url = `${baseUrl}/api/v1${request.path}${searchOf(request.query ?? {})}`
  const response = await fetch(url, initOf(options, request)).catch((err: unknown) => {
    if (request.signal?.aborted === true) throw err
    throw unreachable(err)
  })
  if (!response.ok) throw await readApiError(response)
  return response
}

function initOf(options: ClientOptions, request: ApiRequest): RequestInit {
  const { method = 'GET', body, signal, idempotencyKey } = request
  return {
    method,
    headers: {
      ...credentialOf(options),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    credentials: 'token' in options ? 'omit' : 'same-origin',
    cache: 'no-store',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }
}

function credentialOf(options: ClientOptions): Record<string, string> {
  if ('token' in options) return { authorization: `Bearer ${options.token()}` }
  const organisation = options.organisation()
  return organisation === null ? {} : { 'posthorn-organisation': organisation }
}

function searchOf(query: QueryValues): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value))
  return search.size === 0 ? '' : `?${search}`
}
