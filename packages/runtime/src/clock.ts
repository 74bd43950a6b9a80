/** Where "now" comes from, in milliseconds since the Unix epoch. Policies take it as an argument; tests hand in their own. */
export interface Clock {
  nowMs(): number
}

export const systemClock: Clock = { nowMs: () => Date.now() }
