import type { ValidationTask } from './validation-protocol.ts'

/**
 * Which compiled schemas the thread holds, least recently used first. It decides alone what the thread
 * drops, so a schema is sent once, and never missing when a task comes without it.
 */
export class HeldSchemas {
  readonly #cacheKeys = new Set<string>()
  readonly #maxSchemas: number
  #forgotten: string[] = []

  constructor(maxSchemas: number) {
    this.#maxSchemas = maxSchemas
  }

  attach(task: ValidationTask, schema: unknown): ValidationTask {
    if (task.kind === 'check') return task
    const isHeld = this.#cacheKeys.delete(task.cacheKey)
    this.#cacheKeys.add(task.cacheKey)
    if (isHeld) return task
    this.#dropOldest()
    return { ...task, schema }
  }

  /** What the thread is to drop before it begins the batch. */
  takeForgotten(): string[] {
    const forgotten = this.#forgotten
    this.#forgotten = []
    return forgotten
  }

  clear(): void {
    this.#cacheKeys.clear()
    this.#forgotten = []
  }

  #dropOldest(): void {
    if (this.#cacheKeys.size <= this.#maxSchemas) return
    for (const oldest of this.#cacheKeys) {
      this.#cacheKeys.delete(oldest)
      this.#forgotten.push(oldest)
      return
    }
  }
}
