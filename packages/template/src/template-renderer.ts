import { TaskThreads } from '@posthorn/runtime'
import type { Rendered, Rendering } from './render-template.ts'

const THREADS = {
  module: new URL('./render-worker.ts', import.meta.url),
  maxMs: 800,
  maxHeapMb: 64,
  threads: 3,
  maxWaiting: 200,
  maxWaitMs: 1_100,
}

export interface TemplateRendererOptions {
  /** For all templates of one rendering. */
  readonly maxMs?: number
}

/** Renders strangers' templates away from the thread that serves, and ends those that run away. */
export class TemplateRenderer implements AsyncDisposable {
  readonly #threads: TaskThreads<Rendering, Rendered>

  constructor(options: TemplateRendererOptions = {}) {
    this.#threads = new TaskThreads({ ...THREADS, ...options })
  }

  /** Those of one owner are rendered one after the other. Null: too many wait, or it waited too long. */
  async render(owner: string, rendering: Rendering): Promise<Rendered | null> {
    const result = await this.#threads.run(owner, rendering)
    if (result.kind === 'done') return result.output
    if (result.kind === 'busy') return null
    const detail = `The templates took too much ${result.reason}.`
    return { kind: 'failed', template: '', detail }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads[Symbol.asyncDispose]()
  }
}
