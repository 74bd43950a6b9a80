import { CommandError } from './command-error.ts'

const SECONDS_PER_DAY = 86_400
const MAX_DAYS = 3_650

export function daysToSeconds(text: string): number {
  const days = Number(text)
  if (days > 0 && days <= MAX_DAYS) return Math.round(days * SECONDS_PER_DAY)
  throw new CommandError(`--days must be a number from 0 to ${MAX_DAYS}.`)
}
