import { TaskThreads } from '@posthorn/runtime'
import { type Conversion, type ConvertibleBody, convertBody } from './convert-body.ts'

/** What is done at once in the thread that serves: a few milliseconds at the worst. */
const MAX_INLINE_BYTES = 64 * 1024

const THREAD = {
  module: new URL('./conversion-worker.ts', import.meta.url),
  maxMs: 10_000,
  maxHeapMb: 256,
  threads: 1,
  maxWaiting: 8,
}

export type ConvertBody = (body: ConvertibleBody) => Promise<Conversion | null>

/** Converts bodies, big ones away from the thread that serves everybody. Null: too many at once, try again. */
export class BodyConverter implements AsyncDisposable {
  readonly #threads = new TaskThreads<ConvertibleBody, Conversion>(THREAD)

  readonly convert: ConvertBody = async (body) => {
    if (body.isYaml !== true && body.bytes.byteLength <= MAX_INLINE_BYTES) return convertBody(body)
    const result = await this.#threads.run('', body)
    switch (result.kind) {
      case 'done':
        return result.output
      case 'busy':
        return null
      case 'killed':
        return { kind: 'unusable', status: 413, detail: 'The body takes too much to convert.' }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads[Symbol.asyncDispose]()
  }
}
