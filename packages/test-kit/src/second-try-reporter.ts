import type { TestCase, Reporter } from 'vitest/node'

/** Names each test that passed only when it was tried again: a race, in it or in what it tests. */
export class SecondTryReporter implements Reporter {
  readonly #names: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky !== true) return
    const why = test.result().errors?.[0]?.message.split('\n')[0] ?? ''
    this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}: ${why}`)
  }

  onTestRunEnd(): void {
    for (const name of this.#names) process.stdout.write(`second try: ${name}\n`)
  }
}
