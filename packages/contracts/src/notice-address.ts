import * as z from 'zod'
import { TimestampOut } from './timestamp.ts'

export const NoticeKind = z
  .enum(['failing', 'disabled_soon', 'disabled'])
  .meta({ id: 'NoticeKind' })
export type NoticeKind = z.infer<typeof NoticeKind>

const KINDS = NoticeKind.options

const notices = z
  .array(NoticeKind)
  .min(1)
  .max(KINDS.length)
  .transform((asked) => KINDS.filter((kind) => asked.includes(kind)))
  .describe('What it is told of: an endpoint that fails, that will be disabled soon, or that was')

const NoticeLanguage = z.enum(['en', 'de'])

export const NoticeAddressIn = z
  .object({
    email: z.email().max(254),
    notices: notices.default([...KINDS]),
    language: NoticeLanguage.default('en'),
  })
  .meta({ id: 'NoticeAddressIn' })
export type NoticeAddressIn = z.output<typeof NoticeAddressIn>

export const NoticeAddressPatch = z.object({ notices }).meta({ id: 'NoticeAddressPatch' })
export type NoticeAddressPatch = z.output<typeof NoticeAddressPatch>

export const NoticeAddressOut = z
  .object({
    id: z.string(),
    email: z.string(),
    notices: z.array(NoticeKind),
    language: NoticeLanguage,
    confirmedAt: TimestampOut.nullable().describe('Null: nothing but the confirmation is mailed'),
    confirmBy: TimestampOut.nullable().describe('Until when it can be confirmed, while it is not'),
    createdAt: TimestampOut,
  })
  .meta({ id: 'NoticeAddressOut' })
export type NoticeAddressOut = z.infer<typeof NoticeAddressOut>

export const NoticeAddressList = z
  .object({
    isAvailable: z.boolean().describe('Whether this installation sends notices by e-mail'),
    atMost: z.int().describe('So many addresses an application may have'),
    data: z.array(NoticeAddressOut),
  })
  .meta({ id: 'NoticeAddressList' })
export type NoticeAddressList = z.infer<typeof NoticeAddressList>
