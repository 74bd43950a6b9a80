import { Svix as Svix1 } from 'svix1'
import { Svix as Svix2 } from 'svix2'

/** The same operations through either SDK, under the names of generation 2. */
export type Generation = 'svix1' | 'svix2'
type Endpoint = Svix2['endpoint']
type Operational = Svix2['operationalWebhook']['endpoint']

export interface EndpointSdk extends Pick<Endpoint, SameInBoth> {
  readonly put: Endpoint['upsert']
  readonly setHeaders: Endpoint['setHeaders']
  readonly getTask: Svix2['backgroundTask']['get']
  readonly listTasks: Svix2['backgroundTask']['list']
  readonly expungeAll: Svix2['message']['expungeAllContents']
  readonly importOpenapi: Svix2['eventType']['importOpenapi']
  readonly getEventType: Svix2['eventType']['get']
}

type SameInBoth =
  | 'create'
  | 'get'
  | 'list'
  | 'patch'
  | 'delete'
  | 'getHeaders'
  | 'patchHeaders'
  | Rest
type Rest =
  | 'getSecret'
  | 'rotateSecret'
  | 'getStats'
  | 'recover'
  | 'replayMissing'
  | 'bulkReplay'
  | 'sendExample'

export function endpointSdk(generation: Generation, token: string, serverUrl: string): EndpointSdk {
  return generation === 'svix1'
    ? first(new Svix1(token, { serverUrl }))
    : second(new Svix2(token, { serverUrl }))
}

function second({ endpoint, message, eventType, backgroundTask: task }: Svix2): EndpointSdk {
  return {
    ...alike(endpoint),
    create: (...args) => endpoint.create(...args),
    get: (...args) => endpoint.get(...args),
    list: (...args) => endpoint.list(...args),
    patch: (...args) => endpoint.patch(...args),
    put: (...args) => endpoint.upsert(...args),
    setHeaders: (...args) => endpoint.setHeaders(...args),
    getTask: (...args) => task.get(...args),
    listTasks: (...args) => task.list(...args),
    expungeAll: (...args) => message.expungeAllContents(...args),
    importOpenapi: (...args) => eventType.importOpenapi(...args),
    getEventType: (...args) => eventType.get(...args),
  }
}

function first({ endpoint, message, eventType, backgroundTask: task }: Svix1): EndpointSdk {
  return {
    ...alike(endpoint),
    create: async (appId, body) => newer(await endpoint.create(appId, older(body))),
    get: async (...args) => newer(await endpoint.get(...args)),
    list: async (...args) => newerPage(await endpoint.list(...args)),
    patch: async (appId, id, body) => newer(await endpoint.patch(appId, id, older(body))),
    put: async (appId, id, body) => newer(await endpoint.update(appId, id, older(body))),
    setHeaders: (...args) => endpoint.updateHeaders(...args),
    getTask: (...args) => task.get(...args),
    listTasks: (...args) => task.list(...args),
    expungeAll: (...args) => message.expungeAllContents(...args),
    importOpenapi: (...args) => eventType.importOpenapi(...args),
    getEventType: (...args) => eventType.get(...args),
  }
}

function alike(
  endpoint: Svix1['endpoint'] | Endpoint,
): Pick<Endpoint, 'delete' | 'getHeaders' | 'patchHeaders' | Rest> {
  return {
    delete: (...args) => endpoint.delete(...args),
    getHeaders: (...args) => endpoint.getHeaders(...args),
    patchHeaders: (...args) => endpoint.patchHeaders(...args),
    getSecret: (...args) => endpoint.getSecret(...args),
    rotateSecret: (...args) => endpoint.rotateSecret(...args),
    getStats: (...args) => endpoint.getStats(...args),
    recover: (...args) => endpoint.recover(...args),
    replayMissing: (...args) => endpoint.replayMissing(...args),
    bulkReplay: (...args) => endpoint.bulkReplay(...args),
    sendExample: (...args) => endpoint.sendExample(...args),
  }
}

// Generation 1 says `filterTypes` where generation 2 says `eventTypes`.
function older<T extends { eventTypes?: string[] | null }>(body: T) {
  const { eventTypes, ...rest } = body
  return { ...rest, ...(eventTypes === undefined ? {} : { filterTypes: eventTypes }) }
}

function newer<T extends { filterTypes?: string[] | null }>(answer: T) {
  const { filterTypes, ...rest } = answer
  return { ...rest, eventTypes: filterTypes ?? null }
}

function newerPage<T extends { filterTypes?: string[] | null }, P extends { data: T[] }>(page: P) {
  return { ...page, data: page.data.map(newer) }
}

export interface OperationalSdk extends Pick<Operational, OperationalSame> {
  readonly put: Operational['upsert']
}

type OperationalSame = 'create' | 'get' | 'list' | 'delete' | OperationalRest | 'setHeaders'
type OperationalRest = 'getHeaders' | 'getSecret' | 'rotateSecret'

export function operationalSdk(
  generation: Generation,
  token: string,
  serverUrl: string,
): OperationalSdk {
  if (generation === 'svix1')
    return firstOperational(new Svix1(token, { serverUrl }).operationalWebhook.endpoint)
  const { endpoint } = new Svix2(token, { serverUrl }).operationalWebhook
  return {
    ...operationalAlike(endpoint),
    create: (...args) => endpoint.create(...args),
    get: (...args) => endpoint.get(...args),
    list: (...args) => endpoint.list(...args),
    put: (...args) => endpoint.upsert(...args),
    setHeaders: (...args) => endpoint.setHeaders(...args),
  }
}

function firstOperational(endpoint: Svix1['operationalWebhook']['endpoint']): OperationalSdk {
  return {
    ...operationalAlike(endpoint),
    create: async (body) => newer(await endpoint.create(older(body))),
    get: async (...args) => newer(await endpoint.get(...args)),
    list: async (...args) => newerPage(await endpoint.list(...args)),
    put: async (id, body) => newer(await endpoint.update(id, older(body))),
    setHeaders: (...args) => endpoint.updateHeaders(...args),
  }
}

function operationalAlike(
  endpoint: Svix1['operationalWebhook']['endpoint'] | Operational,
): Pick<Operational, 'delete' | OperationalRest> {
  return {
    delete: (...args) => endpoint.delete(...args),
    getHeaders: (...args) => endpoint.getHeaders(...args),
    getSecret: (...args) => endpoint.getSecret(...args),
    rotateSecret: (...args) => endpoint.rotateSecret(...args),
  }
}
