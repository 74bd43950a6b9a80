import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

export type Machine = {
  cpu: string
  cores: number
  memoryGb: number
  kernel: string
  loadAverage: number
  node: string
  express: string
  undici: string
  bullmq: string
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    node: process.versions.node,
    express: versionOf('express'),
    undici: versionOf('undici'),
    bullmq: versionOf('bullmq'),
  }
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  const found = /"version":\s*"([^"]+)"/.exec(readFileSync(file, 'utf8'))
  return found?.[1] ?? 'unknown'
}
