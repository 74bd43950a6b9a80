import { randomUUID } from 'node:crypto'
import type { LoadPlan } from './load-plan.ts'

/** Everything but the idempotency key is built once per path; a request is one string and one write. */
export class RequestText {
  readonly #heads: string[]
  readonly #tail: string

  constructor(plan: LoadPlan) {
    this.#heads = plan.paths.map((path) => headOf(path, plan))
    this.#tail = `\r\ncontent-length: ${Buffer.byteLength(plan.body, 'latin1')}\r\n\r\n${plan.body}`
  }

  get pathCount(): number {
    return this.#heads.length
  }

  next(pathIndex: number): string {
    return `${this.#heads[pathIndex] ?? ''}auto_${randomUUID()}${this.#tail}`
  }
}

function headOf(path: string, plan: LoadPlan): string {
  return [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${plan.port}`,
    `authorization: ${plan.authorization}`,
    'content-type: application/json',
    'accept: application/json',
    'idempotency-key: ',
  ].join('\r\n')
}
