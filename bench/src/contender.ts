import type { Roles } from './measure/cpu.ts'

/** How roles meet in processes, and which queue is between them when they don't meet. */
export type Arrangement = {
  name: string
  processes: readonly string[]
  queue: 'redis' | 'postgres'
}

export const ARRANGEMENTS: readonly Arrangement[] = [
  { name: 'one', processes: ['api,worker'], queue: 'postgres' },
  { name: 'apart-redis', processes: ['api', 'worker'], queue: 'redis' },
  { name: 'apart-pg', processes: ['api', 'worker'], queue: 'postgres' },
  { name: 'one-redis', processes: ['api,worker'], queue: 'redis' },
]

/** The label tells apart the databases of two contenders of one side. */
export type ContenderPlan = {
  arrangement: Arrangement
  label: string
  /** Settings of Posthorn beside those of every run. */
  settings?: Record<string, string>
}

/** One side of a comparison, running: Posthorn or the bare baseline. */
export type Contender = AsyncDisposable & {
  side: 'posthorn' | 'baseline'
  port: number
  authorization: string
  roles: Roles
  /** Which store its queue is in: another that runs beside it is no part of what it costs. */
  queue: Arrangement['queue']
  /** Creates applications with endpoints at the receiver. */
  provision(applications: readonly ApplicationPlan[]): Promise<Application[]>
  /** Deletes the application's endpoints, so that nothing more is sent to them. */
  retire(application: Application): Promise<void>
  /** The request body that publishes this payload. */
  publishBody(payload: string): string
}

/** The endpoints are numbered over the whole run: the number is the last part of the URL's path. */
export type EndpointPlan = { number: number; url: string; ratePerSecond?: number }
export type ApplicationPlan = { endpoints: readonly EndpointPlan[] }

export type Application = {
  id: string
  publishPath: string
  endpoints: { number: number; id: string }[]
}
