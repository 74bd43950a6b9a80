import { serveCalls } from '../ipc.ts'
import { runClosedLoop } from './closed-loop.ts'
import type { GeneratorCalls } from './load-plan.ts'
import { runOpenLoop } from './open-loop.ts'

/** The load generator's process: raw sockets, requests built ahead, driven over IPC. */
const calls: GeneratorCalls = {
  run: (plan) =>
    plan.pace.kind === 'closed'
      ? runClosedLoop(plan, plan.pace.publishers)
      : runOpenLoop(plan, plan.pace),
}

serveCalls(calls)
