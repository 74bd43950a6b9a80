import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { renderTemplate } from '../src/index.ts'

/** Written by `jinja2-cases.py`, by Jinja2 itself. */
const Outputs = z.object({
  jinja2: z.string(),
  input: z.record(z.string(), z.unknown()),
  cases: z.array(z.object({ template: z.string(), output: z.string() })),
})

const { input, cases } = Outputs.parse(
  JSON.parse(readFileSync(new URL('./jinja2-outputs.json', import.meta.url), 'utf8')),
)

it.each(cases)('makes of $template what Jinja2 makes of it', ({ template, output }) => {
  expect(renderTemplate(template, JSON.stringify(input))).toBe(output)
})
