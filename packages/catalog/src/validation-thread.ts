import { Worker } from 'node:worker_threads'
import type { TaskResult, ValidationBatch } from './validation-protocol.ts'

export interface ThreadEvents {
  onResults: (results: TaskResult[]) => void
  /** It ended without being told to: out of memory, or a fault of ours. */
  onDeath: () => void
}

/** One worker thread: no environment, a small heap, and a way to end it whatever it does. */
export class ValidationThread {
  readonly #worker: Worker
  readonly #current = new Int32Array(new SharedArrayBuffer(4))
  #isEnding = false

  constructor({ onResults, onDeath }: ThreadEvents) {
    this.#worker = new Worker(new URL('./validation-worker.ts', import.meta.url), {
      workerData: { current: this.#current },
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
    })
    this.#worker.unref()
    this.#worker.on('message', onResults)
    // Without a listener an error of the thread would end this process; `exit` follows it.
    this.#worker.on('error', () => {})
    this.#worker.on('exit', () => {
      if (!this.#isEnding) onDeath()
    })
  }

  post(batch: ValidationBatch): void {
    this.#worker.postMessage(batch)
  }

  /** The number of the task that it is at, 0 when idle. */
  currentTask(): number {
    return Atomics.load(this.#current, 0)
  }

  async end(): Promise<void> {
    this.#isEnding = true
    await this.#worker.terminate()
  }
}
