import { type TestReceiverAnswer } from '@posthorn/contracts'
import { OverloadedError } from '@posthorn/core'
import * as z from 'zod'
import type { InstallationConfig } from '../installation/installation-config.ts'

type InboxAddress = NonNullable<InstallationConfig['inbox']>

const Entry = z.object({
  id: z.string(),
  receivedAt: z.string(),
  method: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Base64. */
  body: z.string(),
  bodyBytes: z.int(),
  answeredStatusCode: z.int(),
})
export type InboxEntry = z.infer<typeof Entry>

const Receiver = z.object({
  answer: z.object({ statusCode: z.int(), delayMs: z.int() }),
  ids: z.array(z.string()),
  entries: z.array(Entry),
})
export type InboxReceiver = z.infer<typeof Receiver>

interface Request {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly body?: TestReceiverAnswer
  readonly after?: string | undefined
}

const TIMEOUT_MS = 3_000

/** The inbox listens where the configuration says, which is no stranger's address. */
export async function askInbox(
  inbox: InboxAddress,
  key: string,
  { method, body, after }: Request,
): Promise<InboxReceiver> {
  const url = new URL(`/receiver/${key}`, inbox.url)
  if (after !== undefined) url.searchParams.set('after', after)
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${inbox.token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => null)
  if (response === null || !response.ok)
    throw new OverloadedError('The test receiver does not answer: is the inbox running?')
  return Receiver.parse(await response.json())
}
