import {
  SourceTypeList,
  SourceTypeOut,
  type SourceTypeSummaryOut,
} from '@posthorn/contracts/ingest'
import { NotFoundError } from '@posthorn/core'
import {
  describeScheme,
  findProvider,
  learnsSecret,
  type Provider,
  providers,
  setUpOf,
  vendorDocument,
} from '@posthorn/providers'
import { endpointRoute, ok } from './endpoint-route.ts'

const LIST = '/api/v1/source-type'
const READING = { of: 'either', capability: 'ViewSources' } as const
const tags = ['Source']

/** Flows are made by an API of their own. */
const made = providers.filter(({ type }) => type !== 'locoia')

const list = endpointRoute({
  method: 'get',
  path: LIST,
  operationId: 'v1.source-type.list',
  summary: 'List the types of sources: all of them, in one page',
  tags,
  access: READING,
  response: { 200: SourceTypeList },
  handle: () =>
    Promise.resolve(
      ok({ data: made.map(summarise), iterator: null, prevIterator: null, done: true }),
    ),
})

const get = endpointRoute({
  method: 'get',
  path: `${LIST}/:type`,
  operationId: 'v1.source-type.get',
  summary: 'Get a type of sources: its settings, and how it is set up at the provider',
  tags,
  access: READING,
  response: { 200: SourceTypeOut },
  handle: (_ctx, { params }) => {
    const provider = findProvider(params.type)
    if (provider === null) return Promise.reject(new NotFoundError())
    return Promise.resolve(ok(present(provider)))
  },
})

function summarise({ type, name, key, scheme, known }: Provider): SourceTypeSummaryOut {
  const { label, field, optional = false } = key
  return {
    type,
    name,
    key: { label, field, optional },
    proof: describeScheme(scheme),
    unverified: scheme.kind === 'unsigned',
    isSchedule: scheme.kind === 'silent',
    known,
  }
}

function present(provider: Provider): SourceTypeOut {
  return {
    ...summarise(provider),
    settings: (provider.settings ?? []).map(
      ({ name, label, required = false, late = false, secret = false, choices = [] }) => ({
        name,
        label,
        required,
        late,
        secret,
        choices: [...choices],
      }),
    ),
    steps: setUpOf(provider).map(({ do: action, text, value = null, setting = null }) => ({
      do: action,
      text,
      value,
      setting,
    })),
    caveat: provider.caveat ?? null,
    learnsSecret: learnsSecret(provider),
    document: vendorDocument(provider.type),
  }
}

export const sourceTypeRoutes = [list, get] as const
