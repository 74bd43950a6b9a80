import { describe, expect, it } from 'vitest'
import { AppPortalAccessIn, ApplicationTokenExpireIn } from './authentication.ts'
import { RecoverIn } from './endpoint-recovery.ts'
import { AttemptsByEndpointQuery } from './message-attempt.ts'
import { parseQuery } from './query.ts'

describe('AppPortalAccessIn', () => {
  it('grants everything for a week unless told otherwise', () => {
    expect(AppPortalAccessIn.parse({})).toEqual({
      application: null,
      featureFlags: [],
      expirySeconds: 604_800,
      sessionId: null,
      capabilities: expect.arrayContaining(['ViewBase', 'ManageEndpoint', 'CreateAttempts']),
    })
  })

  it('takes the older readOnly for viewing only', () => {
    expect(AppPortalAccessIn.parse({ readOnly: true }).capabilities).toEqual(['ViewBase'])
  })

  it.each([
    { expiry: 3599 },
    { expiry: 604_801 },
    { sessionId: 'a b' },
    { sessionId: 'staff-usr_1' },
    { capabilities: ['All'] },
  ])('refuses %j', (fields) => {
    expect(AppPortalAccessIn.safeParse(fields).success).toBe(false)
  })
})

describe('ApplicationTokenExpireIn', () => {
  it('ends all tokens at once by default', () => {
    expect(ApplicationTokenExpireIn.parse({})).toEqual({ expirySeconds: 0, sessionIds: [] })
    expect(ApplicationTokenExpireIn.safeParse({ expiry: 259_201 }).success).toBe(false)
  })
})

describe('RecoverIn', () => {
  it('refuses an end before its start', () => {
    const body = { since: '2024-03-02T00:00:00Z', until: '2024-03-01T00:00:00Z' }
    expect(RecoverIn.safeParse(body).error?.issues[0]?.path).toEqual(['since'])
  })
})

describe('AttemptsByEndpointQuery', () => {
  it('reads statuses as numbers', () => {
    const query = parseQuery(
      AttemptsByEndpointQuery,
      'status=2&status_code_class=500&expanded_statuses=true&with_msg=true',
    )
    expect(query).toMatchObject({
      status: 2,
      status_code_class: 500,
      expanded_statuses: true,
      with_msg: true,
      with_content: true,
    })
  })

  it.each(['status=5', 'status=fail', 'status_code_class=201', 'with_msg=2'])(
    'refuses %s',
    (search) => {
      expect(() => parseQuery(AttemptsByEndpointQuery, search)).toThrow('query.')
    },
  )
})
