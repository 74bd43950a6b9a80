import { getOriginalBody } from '@posthorn/core/ingest'
import { endpointRoute } from './endpoint-route.ts'

const getOriginal = endpointRoute({
  method: 'get',
  path: '/api/v1/source/:sourceId/request/:requestId/original',
  operationId: 'v1.source.request.original',
  summary: 'Download the body of a request as it came, byte for byte',
  tags: ['Source'],
  access: { of: 'either', capability: 'ViewSources' },
  response: { 200: null },
  handle: async (ctx, { scope, params: { sourceId, requestId } }) => {
    const asked = { source: sourceId, id: requestId }
    const { bytes, contentType } = await getOriginalBody(ctx, scope, asked)
    const name = `${requestId}.${extensionOf(contentType ?? '')}`
    return { status: 200, file: { name, bytes } }
  },
})

const EXTENSIONS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^application\/(?:[\w.-]+\+)?json\b/i, 'json'],
  [/^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i, 'xml'],
  [/^text\/csv\b/i, 'csv'],
  [/^text\/plain\b/i, 'txt'],
]

function extensionOf(contentType: string): string {
  return EXTENSIONS.find(([pattern]) => pattern.test(contentType.trim()))?.[1] ?? 'bin'
}

export const sourceOriginalRoutes = [getOriginal] as const
