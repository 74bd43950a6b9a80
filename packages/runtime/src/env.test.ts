import { describe, expect, it } from 'vitest'
import {
  ConfigError,
  type EnvSchema,
  faultsOf,
  parseEnv,
  printConfigFaults,
  refuseFaults,
} from './env.ts'

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

describe('several loads', () => {
  const refusal =
    (...faults: string[]) =>
    () => {
      throw new ConfigError(faults)
    }

  it('have their faults told together, those of a setting that several read once', () => {
    const loads = [
      refusal('PORT: must be a port', 'THEME: a is wrong', 'THEME: b is wrong'),
      () => 'sound',
      refusal('PORT: must be a number', 'ISSUER: must be a URL'),
    ]
    const told = [
      'PORT: must be a port',
      'THEME: a is wrong',
      'THEME: b is wrong',
      'ISSUER: must be a URL',
    ]
    expect(faultsOf(...loads)).toEqual(told)
    expect(() => refuseFaults(...loads)).toThrow(told.join('\n'))
    expect(() => refuseFaults(() => 'sound')).not.toThrow()
  })

  it('fail as they are with what is no fault of the configuration', () => {
    const broken = () => {
      throw new TypeError('ours')
    }
    expect(() => faultsOf(broken)).toThrow(TypeError)
  })
})
