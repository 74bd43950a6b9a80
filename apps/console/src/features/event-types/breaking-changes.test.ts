import { describe, expect, it } from 'vitest'
import { breakingChanges } from './breaking-changes.ts'

const order = {
  type: 'object',
  required: ['id', 'total'],
  properties: {
    id: { type: 'string' },
    total: { type: 'integer' },
    state: { enum: ['open', 'paid'] },
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
  },
}
const { id, state, lines } = order.properties
const changed = (properties: object, required = order.required) => ({
  ...order,
  required,
  properties: { ...order.properties, ...properties },
})

describe('changes of a schema', () => {
  it('break nothing where it is the same, is only described, or has more that may be there', () => {
    expect(breakingChanges(order, order)).toEqual([])
    const described = changed({
      id: { ...id, description: 'Of the order' },
      note: { type: 'string' },
    })
    expect(breakingChanges(order, described)).toEqual([])
  })

  it('are told of where receivers would miss something or not know it', () => {
    const { total: _, ...rest } = order.properties
    expect(breakingChanges(order, { ...order, properties: rest })).toEqual([
      { kind: 'removed', path: 'total' },
    ])
    expect(breakingChanges(order, changed({}, ['id']))).toEqual([
      { kind: 'may_lack', path: 'total' },
    ])
    expect(breakingChanges(order, changed({ id: { type: 'integer' } }))).toEqual([
      { kind: 'type', path: 'id', from: 'string', to: 'integer' },
    ])
    expect(breakingChanges(order, changed({ id: { type: ['string', 'null'] } }))).toEqual([
      { kind: 'type', path: 'id', from: 'string', to: 'null | string' },
    ])
    expect(
      breakingChanges(order, changed({ state: { enum: [...state.enum, 'refunded'] } })),
    ).toEqual([{ kind: 'new_value', path: 'state', to: '"refunded"' }])
  })

  it('are told of where payloads would be wrong that were right', () => {
    expect(breakingChanges(order, changed({}, ['id', 'total', 'state']))).toEqual([
      { kind: 'required', path: 'state' },
    ])
    expect(breakingChanges(order, changed({ state: { enum: ['open'] } }))).toEqual([
      { kind: 'no_value', path: 'state', from: '"paid"' },
    ])
    expect(breakingChanges(order, { ...order, additionalProperties: false })).toEqual([
      { kind: 'no_others', path: '' },
    ])
  })

  it('are found in what is listed, and end where schemas go round', () => {
    const items = { ...lines.items, properties: { sku: { type: 'integer' } } }
    expect(breakingChanges(order, changed({ lines: { ...lines, items } }))).toEqual([
      { kind: 'type', path: 'lines[].sku', from: 'string', to: 'integer' },
    ])
    const round: Record<string, unknown> = { type: 'array' }
    round['items'] = round
    expect(breakingChanges(round, round)).toEqual([])
  })
})
