import { HeldSchemas } from './held-schemas.ts'
import type { SchemaFault } from './schema-rules.ts'
import { Suspensions } from './suspensions.ts'
import type { TaskResult, ValidationTask } from './validation-protocol.ts'
import { ValidationThread } from './validation-thread.ts'

export interface PayloadValidatorOptions {
  /** How long one schema may take over one payload. */
  timeoutMs?: number
  /** How long a payload may wait for its turn before it is let through unchecked. */
  maxWaitMs?: number
  maxWaiting?: number
  maxSchemas?: number
}

export interface ValidationInput {
  /** Which schema, for instance organisation and event type; with `version` it names one compiled form. */
  key: string
  version: string
  schema: unknown
  payloadText: string
}

export type UnknownReason =
  | 'timeout'
  | 'suspended'
  | 'overloaded'
  | 'invalid_schema'
  | 'failed'
  | 'unavailable'
  | 'closed'

/** `unknown` when the schema gave no verdict: its fault or ours, never the payload's. */
export type ValidationResult =
  | { valid: true }
  | { valid: false; faults: SchemaFault[] }
  | { valid: 'unknown'; reason: UnknownReason }

export interface PayloadValidator extends AsyncDisposable {
  validate(input: ValidationInput): Promise<ValidationResult>
  /** The faults of a schema that a customer wants to store. */
  checkSchema(schema: unknown): Promise<SchemaCheck>
}

/** Not checked: we came to no verdict, and the same schema may have one later. */
export type SchemaCheck =
  | { checked: true; faults: SchemaFault[] }
  | { checked: false; reason: UnknownReason }

interface Pending {
  task: ValidationTask
  schema: unknown
  waitingSinceMs: number
  settle: (verdict: TaskResult | UnknownReason) => void
}

// A batch is copied into the thread's small heap.
const MAX_BATCH = 64
const MAX_BATCH_CHARACTERS = 4_000_000
const MAX_CHARACTERS = 32_000_000
const CHECK_TIMES = 4

/**
 * Checks payloads against customers' schemas, which are hostile: in a thread of its own, which is ended and
 * replaced when one task takes longer than its time. What else was in its batch is simply run again.
 */
export function createPayloadValidator(options: PayloadValidatorOptions = {}): PayloadValidator {
  return new ThreadedValidator(options)
}

class ThreadedValidator implements PayloadValidator {
  readonly #timeoutMs: number
  readonly #maxWaitMs: number
  readonly #maxWaiting: number
  readonly #held: HeldSchemas
  readonly #suspensions = new Suspensions()
  #waiting: Pending[] = []
  readonly #running = new Map<number, Pending>()
  #thread: ValidationThread | undefined
  #watchdog: NodeJS.Timeout | undefined
  #watched = { seq: 0, sinceMs: 0 }
  #lastSeq = 0
  #characters = 0
  #isFlushQueued = false
  #isClosed = false

  constructor(options: PayloadValidatorOptions) {
    this.#timeoutMs = options.timeoutMs ?? 250
    this.#maxWaitMs = options.maxWaitMs ?? 2000
    this.#maxWaiting = options.maxWaiting ?? 2000
    this.#held = new HeldSchemas(Math.max(options.maxSchemas ?? 200, MAX_BATCH))
  }

  async validate(input: ValidationInput): Promise<ValidationResult> {
    const { key, version, schema, payloadText } = input
    const cacheKey = `${version}\n${key}`
    if (this.#suspensions.has(cacheKey)) return { valid: 'unknown', reason: 'suspended' }
    const seq = this.#nextSeq()
    const verdict = await this.#enqueue({ kind: 'validate', seq, cacheKey, payloadText }, schema)
    if (verdict === 'timeout' || verdict === 'failed') this.#suspensions.count(cacheKey)
    return toResult(verdict)
  }

  async checkSchema(schema: unknown): Promise<SchemaCheck> {
    const verdict = await this.#enqueue({ kind: 'check', seq: this.#nextSeq(), schema }, undefined)
    if (typeof verdict === 'object') return { checked: true, faults: verdict.faults ?? [] }
    if (verdict !== 'failed') return { checked: false, reason: verdict }
    // It ended the thread, and would again.
    return { checked: true, faults: [{ path: '', message: 'The schema takes too much memory' }] }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#settleAll('closed')
    await this.#thread?.end()
    this.#thread = undefined
  }

  // 31 bits, as the shared counter; 0 means no task.
  #nextSeq(): number {
    this.#lastSeq = (this.#lastSeq % 0x7ffffffe) + 1
    return this.#lastSeq
  }

  async #enqueue(task: ValidationTask, schema: unknown): Promise<TaskResult | UnknownReason> {
    if (this.#isClosed) return 'closed'
    const isFull = this.#waiting.length >= this.#maxWaiting || this.#characters > MAX_CHARACTERS
    if (isFull) return 'overloaded'
    this.#characters += charactersOf(task)
    const { promise, resolve } = Promise.withResolvers<TaskResult | UnknownReason>()
    this.#waiting.push({ task, schema, waitingSinceMs: performance.now(), settle: resolve })
    this.#queueFlush()
    const verdict = await promise
    this.#characters -= charactersOf(task)
    return verdict
  }

  // Once per turn of the event loop, so that what is published together is checked together.
  #queueFlush(): void {
    if (this.#isFlushQueued) return
    this.#isFlushQueued = true
    setImmediate(() => {
      this.#isFlushQueued = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#isClosed || this.#running.size > 0) return
    this.#dropHopeless()
    if (this.#waiting.length === 0) return this.#stopWatchdog()
    const thread = (this.#thread ??= this.#startThread())
    const batch = this.#waiting.splice(0, batchLength(this.#waiting))
    for (const pending of batch) this.#running.set(pending.task.seq, pending)
    const tasks = batch.map(({ task, schema }) => this.#held.attach(task, schema))
    thread.post({ forget: this.#held.takeForgotten(), tasks })
    this.#watchdog ??= setInterval(() => this.#watch(), this.#timeoutMs / 4)
  }

  #startThread(): ValidationThread {
    this.#held.clear()
    return new ValidationThread({
      onResults: (results) => this.#onResults(results),
      onDeath: () => this.#replaceThread('failed'),
    })
  }

  #onResults(results: TaskResult[]): void {
    for (const result of results) {
      this.#running.get(result.seq)?.settle(result)
      this.#running.delete(result.seq)
    }
    this.#flush()
  }

  #watch(): void {
    this.#dropHopeless()
    const seq = this.#thread?.currentTask() ?? 0
    if (seq !== this.#watched.seq) this.#watched = { seq, sinceMs: performance.now() }
    const isOver = performance.now() - this.#watched.sinceMs >= this.#timeoutOf(seq)
    if (seq !== 0 && isOver) this.#replaceThread('timeout')
  }

  // A schema of the permitted size takes longer to compile than any payload to check.
  #timeoutOf(seq: number): number {
    const isCheck = this.#running.get(seq)?.task.kind === 'check'
    return isCheck ? this.#timeoutMs * CHECK_TIMES : this.#timeoutMs
  }

  #dropHopeless(): void {
    const stillWaiting: Pending[] = []
    for (const pending of this.#waiting) {
      const reason = this.#hopelessReason(pending)
      if (reason === undefined) stillWaiting.push(pending)
      else pending.settle(reason)
    }
    this.#waiting = stillWaiting
  }

  #hopelessReason({ task, waitingSinceMs }: Pending): UnknownReason | undefined {
    if (performance.now() - waitingSinceMs > this.#maxWaitMs) return 'overloaded'
    return task.kind === 'validate' && this.#suspensions.has(task.cacheKey)
      ? 'suspended'
      : undefined
  }

  /** Ends the thread: the task it was at gets its reason, the others of its batch run again. */
  #replaceThread(reason: 'timeout' | 'failed'): void {
    const culprit = this.#thread?.currentTask() ?? 0
    void this.#thread?.end()
    this.#thread = undefined
    this.#running.get(culprit)?.settle(reason)
    this.#running.delete(culprit)
    // A thread that died before it began anything would die again: its batch is given up.
    if (culprit === 0) this.#settleAll('unavailable')
    this.#waiting.unshift(...this.#running.values())
    this.#running.clear()
    this.#queueFlush()
  }

  #settleAll(reason: UnknownReason): void {
    for (const pending of [...this.#running.values(), ...this.#waiting]) pending.settle(reason)
    this.#running.clear()
    this.#waiting = []
    this.#stopWatchdog()
  }

  #stopWatchdog(): void {
    clearInterval(this.#watchdog)
    this.#watchdog = undefined
  }
}

function charactersOf(task: ValidationTask): number {
  return task.kind === 'validate' ? task.payloadText.length : 0
}

/** How many of those that wait go together: at least one, however large. */
function batchLength(waiting: readonly Pending[]): number {
  let characters = 0
  let length = 0
  for (const { task } of waiting.slice(0, MAX_BATCH)) {
    characters += charactersOf(task)
    if (length > 0 && characters > MAX_BATCH_CHARACTERS) break
    length++
  }
  return length
}

function toResult(verdict: TaskResult | UnknownReason): ValidationResult {
  if (typeof verdict === 'string') return { valid: 'unknown', reason: verdict }
  const { faults, reason = 'failed' } = verdict
  if (faults === null) return { valid: 'unknown', reason }
  return faults.length === 0 ? { valid: true } : { valid: false, faults }
}
