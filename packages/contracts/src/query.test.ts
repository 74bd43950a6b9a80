import { describe, expect, it } from 'vitest'
import { ApplicationListQuery } from './application.ts'
import { EventTypeListQuery } from './event-type.ts'
import { MessageListQuery } from './message.ts'
import { parseQuery } from './query.ts'
import { RequestValidationError } from './validation-error.ts'

const ID_BODY = '2'.repeat(27)

function faultLocs(search: string) {
  try {
    parseQuery(MessageListQuery, search)
  } catch (err) {
    if (err instanceof RequestValidationError) return err.detail.map((fault) => fault.loc)
    throw err
  }
  return []
}

describe('parseQuery', () => {
  it('has defaults', () => {
    expect(parseQuery(MessageListQuery, '')).toEqual({
      limit: 50,
      expanded_statuses: false,
      with_content: true,
      with_deliveries: false,
    })
    expect(parseQuery(ApplicationListQuery, 'order=descending&limit=0')).toMatchObject({
      limit: 0,
      order: 'descending',
      exclude_apps_with_no_endpoints: false,
    })
    expect(parseQuery(EventTypeListQuery, 'iterator=invoice.paid&with_content=true')).toMatchObject(
      {
        iterator: 'invoice.paid',
        with_content: true,
      },
    )
  })

  it.each([
    'event_types=a,b',
    'event_types[]=a&event_types[]=b',
    'event_types%5B0%5D=a&event_types%5B1%5D=b',
    'event_types=a&event_types=b',
    'event_types=a,b,b,',
  ])('reads the list %s', (search) => {
    expect(parseQuery(MessageListQuery, search).event_types).toEqual(['a', 'b'])
  })

  it('takes an empty list of event types for no filter', () => {
    expect(parseQuery(MessageListQuery, 'event_types=').event_types).toBeUndefined()
  })

  it.each([
    'limit=-1',
    'limit=251',
    'limit=1000000000',
    'limit=99999999999999999999',
    'limit=abc',
    'limit=0x10',
    'limit=1.5',
    'limit=',
    'limit=%205',
    'limit=5&limit=6',
    'before=infinity',
    'before=x',
    'before=9999-01-01T00:00:00Z',
    'after=2024-02-30T00:00:00Z',
    'event_types[a][b]=x',
    'event_types=a%20b',
    'channel=%00',
    'channel=a%20b',
    'tag=%ff',
    'with_content=1',
    'with_content=yes',
    'iterator=',
    'iterator=msg_',
    'iterator=x',
    `iterator=app_${ID_BODY}`,
    `iterator=msg_${'z'.repeat(27)}`,
    `iterator=msg_${ID_BODY}0`,
  ])('refuses %s by its place', (search) => {
    expect(faultLocs(search).map((loc) => loc.slice(0, 2))).toEqual([
      ['query', search.split(/[=[]/)[0]],
    ])
  })

  it('says so when the limit is too high', () => {
    expect(() => parseQuery(MessageListQuery, 'limit=251')).toThrow(
      'Given limit must not exceed 250',
    )
  })

  it.each([
    ['2024-01-31T12:00:00Z', '2024-01-31T12:00:00.000Z'],
    ['2024-01-31T12:00:00.123456Z', '2024-01-31T12:00:00.123Z'],
    ['2024-01-31T12:00:00%2B02:00', '2024-01-31T10:00:00.000Z'],
    ['2024-01-31T12:00:00+02:00', '2024-01-31T10:00:00.000Z'],
    ['2024-01-31T12:00:00-02:30', '2024-01-31T14:30:00.000Z'],
    ['2024-01-31%2012:00:00.123456%20UTC', '2024-01-31T12:00:00.123Z'],
    ['2024-01-31+12:00:00+UTC', '2024-01-31T12:00:00.000Z'],
  ])('reads the moment %s', (text, iso) => {
    expect(parseQuery(MessageListQuery, `before=${text}`).before?.toISOString()).toBe(iso)
  })

  it('walks backwards from an iterator with a dash', () => {
    const iterator = `-msg_${ID_BODY}`
    expect(parseQuery(MessageListQuery, `iterator=${iterator}`).iterator).toBe(iterator)
  })

  it('ignores parameters it does not know, whatever their name', () => {
    const query = parseQuery(MessageListQuery, '__proto__=x&constructor=y&limit=7')
    expect(query).toEqual({
      limit: 7,
      expanded_statuses: false,
      with_content: true,
      with_deliveries: false,
    })
  })
})
