import type { IncomingRequest, ReceivingSource } from '@posthorn/core'
import type { IngestContext } from '../context.ts'
import type { HandledOutcome } from '../events.ts'
import type { Answer, Fault } from './answer.ts'

/** An answer that waits for something after the request is durable. */
export type LaterAnswer = () => Promise<Answer>

/** What a source's part of the work came to. */
export interface FaceAnswer {
  readonly answer: Answer | LaterAnswer
  readonly outcome: HandledOutcome
  readonly messageId?: string
  readonly reason?: string
}

/** How one kind of receiving URL finds whose it is, and what it does with a whole request. */
export interface Face<Source extends ReceivingSource> {
  readonly answerFault: (fault: Fault) => Answer
  /** Seconds to wait by a pace that only this face has; 0: go on. */
  wait?(ctx: IngestContext, network: string): Promise<number>
  /** Seconds to wait by a pace of the source that counts every call; 0: go on. */
  waitOf?(ctx: IngestContext, source: Source): Promise<number>
  /** At once, where it is remembered. */
  find(ctx: IngestContext, name: string): Source | null | Promise<Source | null>
  receive(ctx: IngestContext, source: Source, request: IncomingRequest): Promise<FaceAnswer>
}
