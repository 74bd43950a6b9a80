import { deleteEndpoint, disableEndpoint, patchEndpoint } from '@posthorn/core'
import { newId } from '@posthorn/runtime'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const isNothingAsked = async ({ db }: Pipeline) => (await db.prisma.askedDisabling.count()) === 0

/** As a worker leaves it that died once the attempt was recorded. */
const leaveAsked = (pipeline: Pipeline, endpointId: string) =>
  pipeline.db.prisma.askedDisabling.create({
    data: { attemptId: newId('atmpt_', Date.now()), endpointId },
  })

describe('an endpoint that answers forty requests of two workers with 410', () => {
  it('is disabled once, and its end is told of once', async () => {
    await using pipeline = await startPipeline({ arrangement: 'postgres' })
    await pipeline.startAnotherWorker()
    await using receiver = await startReceiver()
    await using operator = await startReceiver()
    receiver.replies(410)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await pipeline.addEndpoint(operator.url, { operational: true })
    await Promise.all(Array.from({ length: 40 }, () => pipeline.publish()))
    await waitFor('all of them', async () => (await pipeline.tally())['pending'] === undefined)
    await waitFor('its end', async () => (await pipeline.stateOf(endpointId)).disabled)
    await waitFor('nothing that asks for it', () => isNothingAsked(pipeline))
    await waitFor('the news', () => operator.requests.length > 0)
    const { db } = pipeline
    expect(await db.prisma.auditRecord.count({ where: { action: 'endpoint.disable' } })).toBe(1)
    expect(await db.prisma.message.count({ where: { eventType: 'endpoint.disabled' } })).toBe(1)
  })
})

describe('the end that a receiver asked for', () => {
  it('of an endpoint that is disabled or deleted is forgotten: once enabled it stays so', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const { core, scope } = pipeline
    const disabled = await pipeline.addEndpoint(receiver.url)
    const deleted = await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    await disableEndpoint(core, scope, { endpointId: disabled, by: 'staff' })
    await deleteEndpoint(core, scope, deleted)
    await leaveAsked(pipeline, disabled)
    await leaveAsked(pipeline, deleted)
    await pipeline.startAnotherWorker()
    await waitFor('nothing that asks for it', () => isNothingAsked(pipeline))
    expect(await pipeline.stateOf(disabled)).toMatchObject({ disabled_by: 'staff' })
    await patchEndpoint({ ...core, disableAfterSeconds: 432_000 }, scope, {
      idOrUid: disabled,
      fields: { disabled: false },
    })
    await pipeline.untilStatus(await pipeline.publish(), 'delivered')
    expect(await pipeline.stateOf(disabled)).toMatchObject({ disabled: false })
  })
})
