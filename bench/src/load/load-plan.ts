/** What the generator shall publish, and how. */
export type LoadPlan = {
  port: number
  /** One publish path per application, taken in turn. */
  paths: string[]
  authorization: string
  body: string
  pace: Pace
  until: Until
}

/** Closed: each publisher sends its next when its last was answered. Open: at its time, whatever is still open. */
export type Pace =
  | { kind: 'closed'; publishers: number }
  | { kind: 'open'; ratePerSecond: number; connections: number }

export type Until = { seconds: number } | { messages: number }

/** What was accepted (202), one entry per message in each list, times in microseconds of the shared clock. */
export type LoadReport = {
  ids: string[]
  pathIndexes: Uint32Array
  intendedUs: Float64Array
  answeredUs: Float64Array
  /** Answers other than 202 by status; 0 is a lost connection. */
  refused: Record<string, number>
}

export type GeneratorCalls = {
  run(plan: LoadPlan): Promise<LoadReport>
}
