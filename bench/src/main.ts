import { writeFile } from 'node:fs/promises'
import { type Bench, createBench } from './bench.ts'
import { readBenchEnvironment } from './config.ts'
import { describeMachine } from './measure/machine.ts'
import { formatTable } from './measure/table.ts'
import { type BenchOptions, readOptions, type ScenarioName, USAGE } from './options.ts'
import { runFanout } from './scenarios/fanout.ts'
import { runGrowth } from './scenarios/growth.ts'
import { runIngest } from './scenarios/ingest.ts'
import { runLatency } from './scenarios/latency.ts'
import { runPaced } from './scenarios/paced.ts'
import { runPages } from './scenarios/pages.ts'
import type { ScenarioReport } from './scenarios/scenario-report.ts'
import { runSick } from './scenarios/sick.ts'
import { runThroughput } from './scenarios/throughput.ts'
import { openStage, type Stage } from './stage/stage.ts'

const RUNS: Record<ScenarioName, (bench: Bench) => Promise<ScenarioReport>> = {
  throughput: runThroughput,
  latency: runLatency,
  fanout: runFanout,
  sick: runSick,
  paced: runPaced,
  growth: runGrowth,
  ingest: runIngest,
  pages: runPages,
}

const options = readOptions(process.argv.slice(2))
if (typeof options === 'string') {
  process.stderr.write(`${options}\n\n${USAGE}\n`)
  process.exitCode = 2
} else {
  // Children end with this process, so a run that was interrupted need not unwind.
  process.exit(await runBench(options))
}

async function runBench(options: BenchOptions): Promise<number> {
  // Heard from the beginning: a signal while the stores start must not leave one behind.
  const interrupted = signalled()
  await using stage = await openStage(readBenchEnvironment(), options.hosts)
  const startedAt = new Date()
  const report = await Promise.race([
    RUNS[options.scenario](createBench(stage, options)),
    interrupted,
  ])
  if (report === null) return 130
  print(report, [
    `${options.scenario}, ${startedAt.toISOString()}, ${Math.round((Date.now() - startedAt.getTime()) / 1000)} s`,
    conditions(stage),
    `options: ${given(options)}`,
  ])
  if (options.jsonFile !== null) {
    await writeFile(
      options.jsonFile,
      JSON.stringify({ options, machine: describeMachine(), report }, null, 2),
    )
  }
  return report.faults.length === 0 ? 0 : 1
}

function signalled(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(null))
  })
}

function print(report: ScenarioReport, conditions: readonly string[]): void {
  const faults = report.faults.map((fault) => `FAULT  ${fault}`)
  const check =
    report.faults.length === 0
      ? (report.checked ?? 'every accepted message arrived')
      : 'self-check failed'
  const parts = [
    conditions.join('\n'),
    formatTable(report.head, report.rows),
    [...report.verdicts, ...faults, check].join('\n'),
  ]
  process.stdout.write(`\n${parts.join('\n\n')}\n`)
}

function conditions({ postgres, redis }: Stage): string {
  const machine = describeMachine()
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}, load ${machine.loadAverage}`,
    `Node ${machine.node}, Postgres ${postgres.version}, Redis ${redis?.version ?? '(none)'}, ` +
      `BullMQ ${machine.bullmq}, Express ${machine.express}, undici ${machine.undici}`,
  ].join('\n')
}

function given(options: BenchOptions): string {
  const set = Object.entries(options).filter(
    ([name, value]) => name !== 'scenario' && value !== null,
  )
  return set.map(([name, value]) => `${name} ${String(value)}`).join(', ')
}
