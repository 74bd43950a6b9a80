import { deleteApplication, deleteEndpoint, disableEndpoint } from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

type Close = (pipeline: Pipeline, endpointId: string) => Promise<unknown>

const CLOSINGS: readonly (readonly [cause: string, how: string, close: Close])[] = [
  [
    'endpoint_disabled',
    'was disabled',
    ({ core, scope }, endpointId) => disableEndpoint(core, scope, { endpointId, by: 'staff' }),
  ],
  ['endpoint_deleted', 'was deleted', ({ core, scope }, id) => deleteEndpoint(core, scope, id)],
  [
    'endpoint_deleted',
    'ended with its application',
    ({ core, scope }) => deleteApplication(core, scope, scope.appId),
  ],
]

describe('an attempt in flight while its endpoint is closed', () => {
  it.each(CLOSINGS)('is canceled as %s when the endpoint %s', async (cause, _how, close) => {
    const env = { POSTHORN_RETRY_SCHEDULE: '600', POSTHORN_REQUEST_TIMEOUT: '1' }
    await using pipeline = await startPipeline({ env })
    await using receiver = await startReceiver()
    receiver.replies('hang')
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const id = await pipeline.publish()
    await waitFor('the request', () => receiver.requests.length === 1)
    await close(pipeline, endpointId)
    await pipeline.untilStatus(id, 'canceled')
    expect(await pipeline.deliveryOf(id)).toMatchObject({ cause, attempts: 1, wait: null })
  })
})
