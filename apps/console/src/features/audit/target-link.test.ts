import { describe, expect, it } from 'vitest'
import { targetLink } from './target-link.ts'

const record = { target: 'ep_1', appId: 'app_1', action: 'endpoint.update', isOperational: false }

describe('the link of an audit record', () => {
  it('leads to the page of what was changed', () => {
    expect(targetLink(record)).toBe('/endpoints/app_1/ep_1')
    expect(targetLink({ ...record, target: 'app_1' })).toBe('/applications/app_1')
    expect(targetLink({ ...record, target: 'qtask_1' })).toBe('/tasks/qtask_1')
  })

  it("leads to an operational webhook's own page, and to none of what was sent there", () => {
    const operational = { ...record, isOperational: true }
    expect(targetLink(operational)).toBe('/operational-webhooks/ep_1')
    expect(targetLink({ ...operational, target: 'msg_1' })).toBeNull()
  })

  it('is none where there is no page: deleted, of no application, of another kind', () => {
    expect(targetLink({ ...record, action: 'endpoint.delete' })).toBeNull()
    expect(targetLink({ ...record, appId: null })).toBeNull()
    expect(targetLink({ ...record, target: 'usr_1' })).toBeNull()
  })
})
