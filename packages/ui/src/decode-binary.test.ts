import { describe, expect, it } from 'vitest'
import { decodeBinary } from './decode-binary.ts'

describe('the body of an answer', () => {
  it.each(['answered', 'NotFound', 'Accepted', 'REJECTED', 'pong', '/healthz', 'error500'])(
    'that is the word %s is text, though Base64 is written in the same letters',
    (body) => {
      expect(decodeBinary(body)).toBeNull()
    },
  )

  it('that is the Base64 of bytes that are no text is shown as what is left of them', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x41, 0xc3, 0x28, 0])
    expect(decodeBinary(bytes.toString('base64'))).toBe('\ufffd\ufffdA\ufffd(\0')
  })

  it('that is the Base64 of text was sent so, and stays', () => {
    expect(decodeBinary(Buffer.from('an answer').toString('base64'))).toBeNull()
  })
})
