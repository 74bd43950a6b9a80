import { OPERATIONAL_EVENT_TYPES as SENT } from '@posthorn/core'
import { expect, it } from 'vitest'
import { OPERATIONAL_EVENT_TYPES } from './operational-event-types.ts'

it('offers all that the server sends, and nothing else', () => {
  expect(OPERATIONAL_EVENT_TYPES).toEqual(SENT)
})
