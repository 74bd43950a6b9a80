import type { Reply } from '@posthorn/core/ingest'
import { type Answer, SAFETY } from '../http/answer.ts'

/** Always set by us, whatever a reply says. */
const UNCHANGEABLE = {
  'x-content-type-options': SAFETY['x-content-type-options'],
  'content-security-policy': SAFETY['content-security-policy'],
  'x-xss-protection': '0',
} as const

export function answerReply({ status, headers, body }: Reply): Answer {
  return { status, body, headers: { ...SAFETY, ...headers, ...UNCHANGEABLE } }
}
