import type { ReadingBench } from './reading-setup.ts'

/** What support staff call, as a script with the organisation's token does. */
export async function supportOf(bench: ReadingBench) {
  const { url, token } = bench
  const call = async (method: string, path: string, { body, bearer = token }: Call = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
  const get = (path: string, query: Record<string, string> = {}, bearer = token) =>
    call('GET', `/support${path}?${new URLSearchParams(query).toString()}`, { bearer })
  return {
    call,
    get,
    post: (path: string, body: object) => call('POST', `/support${path}`, { body }),
    /** As far as it takes to fill it: other tests' messages are passed over in bounded steps. */
    async wholePage(path: string, query: Record<string, string>) {
      let { body } = await get(path, query)
      const data = [...body.data]
      while (data.length === 0 && !body.done) {
        ;({ body } = await get(path, { ...query, iterator: body.iterator }))
        data.push(...body.data)
      }
      return { ...body, data }
    },
    async createApplication(fields: object): Promise<string> {
      const { body } = await call('POST', '/app', { body: fields })
      return body.id
    },
    async portalToken(): Promise<string> {
      const path = `/auth/app-portal-access/${bench.app.appId}`
      const { body } = await call('POST', path, { body: {} })
      return body.token
    },
  }
}

interface Call {
  readonly body?: object
  readonly bearer?: string
}
