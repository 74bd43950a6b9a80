import { Worker } from 'node:worker_threads'
import { BoundedCache } from './bounded-cache.ts'

export interface TaskThreadOptions {
  /** Posts anything when it is ready; then, of each message that it gets, what it made of it. */
  readonly module: URL
  /** For one task; a thread that takes longer is ended. */
  readonly maxMs: number
  readonly maxHeapMb: number
  readonly threads: number
  readonly maxWaiting: number
  /** What has waited so long for a thread is told `busy`; without it, as long as it takes. */
  readonly maxWaitMs?: number
}

export type TaskResult<Output> =
  | { readonly kind: 'done'; readonly output: Output }
  /** It took more than its time, or more memory than the thread has. */
  | { readonly kind: 'killed'; readonly reason: 'time' | 'memory' }
  | { readonly kind: 'busy' }

interface Task<Input, Output> {
  readonly input: Input
  readonly key: string
  readonly settle: (result: TaskResult<Output>) => void
  readonly givesUp: NodeJS.Timeout | undefined
}

/** So long a key is remembered whose task was ended. */
const KILLED_MS = 60_000
const MAX_KILLED = 1_000

/**
 * Work that strangers decide the length of, away from the thread that serves everybody. A thread is at one task at
 * a time and is ended, and replaced, when that takes too long. Tasks of one key run one after the other, and those
 * of all keys of which one was ended lately, so that who is slow waits for himself as long as there is more than
 * one thread.
 */
export class TaskThreads<Input, Output> implements AsyncDisposable {
  readonly #options: TaskThreadOptions
  readonly #waiting: Task<Input, Output>[] = []
  readonly #keys = new Set<string>()
  /** Until when they are remembered. */
  readonly #killed = new BoundedCache<string, number>(MAX_KILLED)
  readonly #lanes: Lane<Input, Output>[]

  constructor(options: TaskThreadOptions) {
    this.#options = options
    this.#lanes = Array.from({ length: options.threads }, () => new Lane(options))
  }

  run(key: string, input: Input): Promise<TaskResult<Output>> {
    if (this.#waiting.length >= this.#options.maxWaiting) return Promise.resolve({ kind: 'busy' })
    return new Promise((settle) => {
      const task = { key, input, settle, givesUp: this.#giveUpLater(() => this.#giveUp(task)) }
      this.#waiting.push(task)
      this.#next()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { givesUp, settle } of this.#waiting.splice(0)) {
      clearTimeout(givesUp)
      settle({ kind: 'busy' })
    }
    await Promise.all(this.#lanes.map((lane) => lane.end()))
  }

  #next(): void {
    const lane = this.#lanes.find(({ isFree }) => isFree)
    if (lane === undefined) return
    const at = this.#waiting.findIndex(({ key }) => !this.#keys.has(key) && this.#hasPlace(key))
    const [task] = at < 0 ? [] : this.#waiting.splice(at, 1)
    if (task === undefined) return
    clearTimeout(task.givesUp)
    this.#keys.add(task.key)
    lane.run(task.input, (result) => {
      this.#keys.delete(task.key)
      if (result.kind === 'killed') this.#killed.set(task.key, performance.now() + KILLED_MS)
      task.settle(result)
      this.#next()
    })
    this.#next()
  }

  #hasPlace(key: string): boolean {
    return !this.#wasKilled(key) || ![...this.#keys].some((one) => this.#wasKilled(one))
  }

  #wasKilled(key: string): boolean {
    return (this.#killed.get(key) ?? 0) > performance.now()
  }

  #giveUpLater(giveUp: () => void): NodeJS.Timeout | undefined {
    const { maxWaitMs } = this.#options
    if (maxWaitMs === undefined) return undefined
    // A process that was busy itself hears only after its timers that a thread is free.
    return setTimeout(() => setImmediate(giveUp), maxWaitMs)
  }

  #giveUp(task: Task<Input, Output>): void {
    const at = this.#waiting.indexOf(task)
    if (at < 0) return
    this.#waiting.splice(at, 1)
    task.settle({ kind: 'busy' })
  }
}

/** One thread at a time, started when it is first needed. */
class Lane<Input, Output> {
  readonly #options: TaskThreadOptions
  #worker: Worker | null = null
  #settle: ((result: TaskResult<Output>) => void) | null = null
  #deadline: NodeJS.Timeout | undefined

  constructor(options: TaskThreadOptions) {
    this.#options = options
  }

  get isFree(): boolean {
    return this.#settle === null
  }

  run(input: Input, settle: (result: TaskResult<Output>) => void): void {
    this.#settle = settle
    const running = this.#worker
    if (running !== null) return this.#post(running, input)
    const worker = this.#start()
    // The time that a thread takes to start is not the task's.
    worker.once('message', () => {
      worker.on('message', (output: Output) => this.#finish({ kind: 'done', output }))
      this.#post(worker, input)
    })
  }

  async end(): Promise<void> {
    const worker = this.#worker
    this.#finish({ kind: 'busy' })
    await this.#drop(worker)
  }

  #post(worker: Worker, input: Input): void {
    if (worker !== this.#worker || this.#settle === null) return
    this.#deadline = setTimeout(() => this.#endIfLate(), this.#options.maxMs)
    worker.postMessage(input)
  }

  #start(): Worker {
    const worker = new Worker(this.#options.module, {
      env: {},
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: this.#options.maxHeapMb,
        maxYoungGenerationSizeMb: 16,
        stackSizeMb: 2,
      },
    })
    this.#worker = worker
    worker.unref()
    // Without a listener an error of the thread would end this process; `exit` follows it.
    worker.on('error', () => {})
    worker.on('exit', () => {
      if (worker === this.#worker) this.#kill('memory')
    })
    return worker
  }

  // A process that was busy itself hears only after its timers what a thread did in time.
  #endIfLate(): void {
    const late = this.#settle
    setImmediate(() => {
      if (late !== null && this.#settle === late) this.#kill('time')
    })
  }

  #kill(reason: 'time' | 'memory'): void {
    void this.#drop(this.#worker)
    this.#finish({ kind: 'killed', reason })
  }

  async #drop(worker: Worker | null): Promise<void> {
    this.#worker = null
    await worker?.terminate()
  }

  #finish(result: TaskResult<Output>): void {
    clearTimeout(this.#deadline)
    const settle = this.#settle
    this.#settle = null
    settle?.(result)
  }
}
