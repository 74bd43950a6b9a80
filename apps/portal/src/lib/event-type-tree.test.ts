import { describe, expect, it } from 'vitest'
import { buildTree, checkedOf, findTyped, rowsOf } from './event-type-tree.ts'

const typesOf = (names: readonly string[]) =>
  names.map((name) => ({
    name,
    description: '',
    archived: false,
    deprecated: false,
    schemaValidation: 'warn' as const,
    createdAt: '2026-11-26T00:00:00Z',
    updatedAt: '2026-11-26T00:00:00Z',
  }))

const NAMES = [
  'invoice',
  'invoice.line.added',
  'invoice.line.removed',
  'invoice.paid',
  'user.created',
]

const shown = (names: readonly string[], isOpen: boolean) =>
  rowsOf(buildTree(typesOf(names)), { isOpen: () => isOpen }).map(
    ({ node, level, position, siblings, parent }) =>
      `${level} ${position}/${siblings} ${node.id} ${parent}`,
  )

describe('the tree of event types', () => {
  it('groups names at their dots, and what is alone stands for itself', () => {
    expect(shown(NAMES, true)).toEqual([
      '1 1/2 invoice.* null',
      '2 1/3 invoice invoice.*',
      '2 2/3 invoice.line.* invoice.*',
      '3 1/2 invoice.line.added invoice.line.*',
      '3 2/2 invoice.line.removed invoice.line.*',
      '2 3/3 invoice.paid invoice.*',
      '1 2/2 user.created null',
    ])
    expect(shown(NAMES, false)).toEqual(['1 1/2 invoice.* null', '1 2/2 user.created null'])
  })

  it('has no group that holds nothing but one group', () => {
    expect(shown(['a.b.c', 'a.b.d'], true)).toEqual([
      '1 1/1 a.b.* null',
      '2 1/2 a.b.c a.b.*',
      '2 2/2 a.b.d a.b.*',
    ])
    expect(shown(['a.b.c', 'a.b.d', 'x'], false)).toEqual(['1 1/2 a.b.* null', '1 2/2 x null'])
  })

  it('says of a group whether all, none or some below it are chosen', () => {
    const [group] = buildTree(typesOf(NAMES))
    if (group === undefined) throw new Error('There is a group.')
    expect(checkedOf(group, new Set())).toBe('false')
    expect(checkedOf(group, new Set(['invoice.paid']))).toBe('mixed')
    expect(checkedOf(group, new Set(NAMES))).toBe('true')
  })

  it.each([
    ['u', 0, 'user.created'],
    ['inv', 1, 'invoice'],
    ['paid', 0, 'invoice.paid'],
    ['i', 6, 'invoice'],
    ['zz', 0, undefined],
  ])('finds what is typed as %s from row %i on', (typed, from, label) => {
    const rows = rowsOf(buildTree(typesOf(NAMES)), { isOpen: () => true })
    expect(rows[findTyped(rows, typed, from)]?.node.label).toBe(label)
  })
})
