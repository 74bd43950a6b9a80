import type { AwaitedReply, Reply } from '@posthorn/core/ingest'
import { type Answer, SAFETY } from '../http/answer.ts'
import type { WaitingPlace } from './replies.ts'

/** Always set by us, whatever a reply says. */
const UNCHANGEABLE = {
  'x-content-type-options': SAFETY['x-content-type-options'],
  'content-security-policy': SAFETY['content-security-policy'],
  'x-xss-protection': '0',
} as const

/** Gives the place back, whichever comes: the reply, or `late` where there is none in time. */
export async function answerWhenReplied(
  place: WaitingPlace,
  awaited: AwaitedReply,
  late: Answer,
): Promise<Answer> {
  using waiting = place
  const reply = await waiting.wait(awaited)
  return reply === null ? late : answerReply(reply)
}

function answerReply({ status, headers, body }: Reply): Answer {
  return { status, body, headers: { ...SAFETY, ...headers, ...UNCHANGEABLE } }
}
