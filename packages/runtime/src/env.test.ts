import { describe, expect, it } from 'vitest'
import { ConfigError, type EnvSchema, parseEnv, printConfigFaults } from './env.ts'

type Issue = { path: string[]; message: string }
const faulty = (...issues: Issue[]): EnvSchema<never> => ({
  safeParse: () => ({ success: false, error: { issues } }),
})
const echo: EnvSchema<unknown> = { safeParse: (data) => ({ success: true, data }) }

describe('parseEnv', () => {
  it('takes an empty variable for an absent one', () => {
    expect(parseEnv(echo, { PORT: '', HOST: ' ', A: 'b' })).toEqual({ A: 'b' })
  })

  it('names every fault, each on one line', () => {
    const schema = faulty(
      { path: ['PORT'], message: 'must be a\nnumber' },
      { path: [], message: 'needs a queue' },
    )
    const printed: string[] = []
    try {
      parseEnv(schema, { PORT: 'x' })
    } catch (err) {
      expect(err).toBeInstanceOf(ConfigError)
      expect(printConfigFaults(err, (line) => printed.push(line))).toBe(true)
    }
    expect(printed).toEqual(['PORT: must be a number', 'needs a queue'])
  })
})
