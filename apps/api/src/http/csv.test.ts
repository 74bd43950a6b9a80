import { describe, expect, it } from 'vitest'
import { type CsvCell, toCsv } from './csv.ts'

const cell = (value: CsvCell) => toCsv(['a'], [[value]]).slice('a\r\n'.length, -'\r\n'.length)

describe('toCsv', () => {
  it('names the columns first, and ends each line by CRLF', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          ['x', 1],
          [null, 0.5],
        ],
      ),
    ).toBe('a,b\r\nx,1\r\n,0.5\r\n')
    expect(toCsv(['a'], [])).toBe('a\r\n')
  })

  it('quotes what would end a cell or a line', () => {
    expect(cell('a,b')).toBe('"a,b"')
    expect(cell('say "hi"')).toBe('"say ""hi"""')
    expect(cell('two\nlines')).toBe('"two\nlines"')
    expect(cell('plain; text')).toBe('plain; text')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1'])(
    'makes no formula of %j',
    (text) => {
      expect(cell(text).replace(/^"/, '').startsWith("'")).toBe(true)
    },
  )

  it('leaves numbers and words as they are', () => {
    expect(cell(-3)).toBe('-3')
    expect(cell('a=1')).toBe('a=1')
    expect(cell('')).toBe('')
  })
})
