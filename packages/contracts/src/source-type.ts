import * as z from 'zod'
import { listOf } from './list.ts'

const summary = {
  type: z.string(),
  name: z.string(),
  key: z.object({
    label: z.string().describe('What the secret is called there'),
    field: z
      .enum(['secret', 'publicKey', 'clientId', 'none'])
      .describe('Where it stands in `config`'),
    optional: z.boolean(),
  }),
  proof: z.string().describe('How a request proves whose it is'),
  unverified: z.boolean().describe('Nothing is ever proven'),
  isSchedule: z.boolean().describe('Publishes by schedule and has no URL'),
  known: z.enum(['documented', 'reported', 'unconfirmed']),
}

export const SourceTypeSummaryOut = z.object(summary).meta({ id: 'SourceTypeSummaryOut' })
export type SourceTypeSummaryOut = z.infer<typeof SourceTypeSummaryOut>

/** What to do at the provider, one after the other; `{url}` in a text is the source's URL. */
export const SetUpStepOut = z
  .object({
    do: z.enum([
      'open',
      'run',
      'paste_url',
      'choose',
      'make_secret',
      'copy_secret',
      'make_setting',
      'copy_setting',
      'enter_learned',
      'press',
      'note',
    ]),
    text: z.string().describe('The place, field, button, command or sentence'),
    value: z.string().nullable().describe('What to choose'),
    setting: z.string().nullable().describe('Of the source, which takes the same'),
  })
  .meta({ id: 'SetUpStepOut' })
export type SetUpStepOut = z.infer<typeof SetUpStepOut>

export const SourceTypeOut = z
  .object({
    ...summary,
    settings: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        required: z.boolean(),
        late: z
          .boolean()
          .describe('The provider shows it only once it has the URL: without it all is refused'),
        secret: z.boolean(),
        choices: z.array(z.string()).describe('Empty: any text'),
      }),
    ),
    steps: z.array(SetUpStepOut),
    caveat: z.string().nullable().describe('What a valid proof does not prove'),
    learnsSecret: z.boolean().describe('The provider brings the secret with its first call'),
    document: z.url().nullable().describe('What the provider itself says of it'),
  })
  .meta({ id: 'SourceTypeOut' })
export type SourceTypeOut = z.infer<typeof SourceTypeOut>

export const SourceTypeList = listOf(SourceTypeSummaryOut, 'SourceTypeSummaryOut')
