import { describe, expect, test } from 'vitest'
import { formatTable } from './table.ts'

describe('formatTable', () => {
  test('lines columns up, words left and numbers right', () => {
    expect(
      formatTable(
        ['side', 'msg/s'],
        [
          ['posthorn', '310'],
          ['bare', '4,310'],
        ],
      ),
    ).toBe(
      ['side     | msg/s', '---------|------', 'posthorn |   310', 'bare     | 4,310'].join('\n'),
    )
  })
})
