import { availableParallelism } from 'node:os'
import { nowUs } from './clock.ts'
import { type CpuSample, cpuBetween, type Roles, sampleCpu, sampleMachine, totalOf } from './cpu.ts'

export type Cost = {
  /** CPU by role. */
  cpuMs: CpuSample
  /** What processes outside the bench took of all cores: above a few percent figures say little. */
  othersShare: number
}

/** Begins to count; the function that it returns says what was used since. */
export function startMeter(roles: Roles): () => Cost {
  // In one list, as most of them run below the bench: a process counts once.
  const own = { bench: [process.pid, ...Object.values(roles).flat()] }
  const before = {
    roles: sampleCpu(roles),
    own: sampleCpu(own),
    machine: sampleMachine(),
    us: nowUs(),
  }
  return () => {
    const capacityMs = ((nowUs() - before.us) / 1e3) * availableParallelism()
    const ownMs = totalOf(cpuBetween(before.own, sampleCpu(own)))
    return {
      cpuMs: cpuBetween(before.roles, sampleCpu(roles)),
      othersShare: Math.max((sampleMachine() - before.machine - ownMs) / capacityMs, 0),
    }
  }
}
