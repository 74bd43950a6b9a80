import { createFlow, DEFAULT_FLOW, type FlowSettings, patchFlow } from '@posthorn/core'
import { startTestIngest, type TestIngestOptions } from './test-ingest.ts'

interface FlowCall {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface TestFlow extends Partial<FlowSettings> {
  readonly tokenRequired?: boolean
}

/** The real ingest with one flow, and how to call it. */
export async function setupFlow(
  { tokenRequired = true, ...settings }: TestFlow = {},
  options: TestIngestOptions = {},
) {
  const ingest = await startTestIngest(options)
  const { core, scope, url } = ingest
  const flow = await createFlow(core, scope, {
    name: 'test',
    uid: null,
    application: null,
    tokenRequired,
    settings: { ...DEFAULT_FLOW, ...settings },
  })
  const flowUrl = `${url}/v1/flow-webhook/${flow.id}`
  return {
    ...ingest,
    flow,
    flowUrl,
    call: (init: FlowCall = {}, suffix = '') => callFlow(flowUrl + suffix, flow.token, init),
    set: (changed: Partial<FlowSettings>) =>
      patchFlow(core, scope, { idOrUid: flow.id, fields: { settings: changed } }),
    setToken: (isRequired: boolean) =>
      patchFlow(core, scope, {
        idOrUid: flow.id,
        fields: { settings: {}, tokenRequired: isRequired },
      }),
    messages: () =>
      core.db.prisma.message.findMany({ where: { appId: flow.appId }, orderBy: { id: 'asc' } }),
    requests: () =>
      core.db.prisma.sourceRequest.findMany({
        where: { sourceId: flow.id },
        orderBy: { id: 'asc' },
      }),
  }
}

async function callFlow(
  url: string,
  token: string,
  { method = 'POST', headers = {}, body }: FlowCall,
) {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** What the one message of a flow says that came. */
export async function inputOf({
  messages,
}: Pick<Awaited<ReturnType<typeof setupFlow>>, 'messages'>) {
  const [message] = await messages()
  return JSON.parse(message?.payload ?? 'null')
}
