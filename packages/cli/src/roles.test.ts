import { describe, expect, it } from 'vitest'
import { parseRoleGroups } from './roles.ts'

describe('parseRoleGroups', () => {
  it.each([
    ['api,worker', [['api', 'worker']]],
    ['api;worker', [['api'], ['worker']]],
    [' api ; worker ', [['api'], ['worker']]],
    ['api;worker;worker', [['api'], ['worker'], ['worker']]],
  ])('reads %j: commas join, semicolons separate processes', (text, groups) => {
    expect(parseRoleGroups(text)).toEqual(groups)
  })

  it.each(['', 'api,', 'web', 'api,api', 'api;;worker'])('refuses %j', (text) => {
    expect(parseRoleGroups(text)).toBeNull()
  })
})
