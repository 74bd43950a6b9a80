import { findFirstAnswers, type FirstAnswer } from '@posthorn/db'
import type { CoreContext } from '../context.ts'

/** What endpoints answered to messages that they took, each message's first; by message. */
export async function findResults(
  { db }: { readonly db: Pick<CoreContext['db'], 'hot'> },
  messages: readonly { readonly messageId: string; readonly endpointId: string | null }[],
): Promise<Map<string, FirstAnswer>> {
  const answers = await findFirstAnswers(db, messages)
  return new Map(answers.map((answer) => [answer.messageId, answer]))
}
