import { TaskThreads } from '@posthorn/runtime'
import { type Conversion, type ConvertibleBody, convertBody } from './convert-body.ts'

/** What is done at once in the thread that serves: a few milliseconds at the worst. */
const MAX_INLINE_BYTES = 64 * 1024
/** Under way and waiting, so that the others always find a place. */
const MAX_OF_OWNER = 4

const THREADS = {
  module: new URL('./conversion-worker.ts', import.meta.url),
  maxMs: 10_000,
  maxHeapMb: 256,
  threads: 2,
  maxWaiting: 16,
}

export type ConvertBody = (body: ConvertibleBody) => Promise<Conversion | null>

/**
 * Converts bodies, big ones away from the thread that serves everybody, those of one owner one after the other.
 * Null: too many at once, try again.
 */
export class BodyConverter implements AsyncDisposable {
  readonly #threads = new TaskThreads<ConvertibleBody, Conversion>(THREADS)
  readonly #placesOf = new Map<string, number>()

  readonly convert: ConvertBody = async (body) => {
    if (body.isYaml !== true && body.bytes.byteLength <= MAX_INLINE_BYTES) return convertBody(body)
    const { owner = '' } = body
    const places = this.#placesOf.get(owner) ?? 0
    if (places >= MAX_OF_OWNER) return null
    this.#placesOf.set(owner, places + 1)
    try {
      return await this.#convertApart(owner, body)
    } finally {
      this.#leave(owner)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads[Symbol.asyncDispose]()
  }

  async #convertApart(owner: string, body: ConvertibleBody): Promise<Conversion | null> {
    const result = await this.#threads.run(owner, body)
    switch (result.kind) {
      case 'done':
        return result.output
      case 'busy':
        return null
      case 'killed':
        return { kind: 'unusable', status: 413, detail: 'The body takes too much to convert.' }
    }
  }

  #leave(owner: string): void {
    const rest = (this.#placesOf.get(owner) ?? 1) - 1
    if (rest > 0) this.#placesOf.set(owner, rest)
    else this.#placesOf.delete(owner)
  }
}
