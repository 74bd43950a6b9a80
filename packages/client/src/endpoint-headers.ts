import type { EndpointHeaderRemovedOut, EndpointHeadersOut } from '@posthorn/contracts'
import type { Cancelable, SendRequest } from './send-request.ts'

export function endpointHeaders(json: SendRequest, path: string) {
  const headers = (id: string) => `${path}/${encodeURIComponent(id)}/headers`
  return {
    headers: (id: string, asked: Cancelable = {}) =>
      json<EndpointHeadersOut>({ path: headers(id), ...asked }),
    patchHeaders: (id: string, changed: Readonly<Record<string, string | null>>) =>
      json<undefined>({ method: 'PATCH', path: headers(id), body: { headers: changed } }),
    /** Answers what undoes it, for a while. */
    removeHeader: (id: string, name: string) =>
      json<EndpointHeaderRemovedOut>({
        method: 'POST',
        path: `${headers(id)}/remove`,
        body: { name },
      }),
    undoRemoveHeader: (id: string, undo: string) =>
      json<undefined>({ method: 'POST', path: `${headers(id)}/undo-remove`, body: { undo } }),
  }
}
