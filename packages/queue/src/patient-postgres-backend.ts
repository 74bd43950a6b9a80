import { setTimeout as delay } from 'node:timers/promises'
import { createPostgresBackend } from 'bullmq'

const PAUSE_MS = 1_000

type CreateBackend = typeof createPostgresBackend

/**
 * BullMQ's Postgres backend, but a look for the next job that failed is answered after a pause. A busy
 * worker asks again at once: without it, thousands of times a second while Postgres starts up or is away.
 */
export function patientPostgresBackend(
  ...args: Parameters<CreateBackend>
): ReturnType<CreateBackend> {
  const backend = createPostgresBackend(...args)
  const moveToActive = backend.moveToActive.bind(backend)
  backend.moveToActive = async (...call) => {
    try {
      return await moveToActive(...call)
    } catch (err) {
      await delay(PAUSE_MS)
      throw err
    }
  }
  return backend
}
