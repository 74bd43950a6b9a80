import type { NoticeContent, NoticedTrouble } from '@posthorn/core/notice'
import { utc } from './utc.ts'
import { type Words, wordsOf } from './words.ts'

export interface NoticeLinks {
  /** Where the recipient confirms, or ends it. */
  readonly page: string
  /** Where the operator's customers find the portal; null: nobody said. */
  readonly portal: string | null
}

export interface NoticeReader {
  readonly language: string
  readonly appName: string
  readonly links: NoticeLinks
}

export interface MailText {
  readonly subject: string
  readonly text: string
}

/** Names nothing that a customer wrote: it goes to an address that may be a stranger's. */
export function confirmationText(
  { language, appName, links }: NoticeReader,
  confirmBy: Date,
): MailText {
  const { say } = wordsOf(language)
  const app = plain(appName)
  const lines = [
    say('confirm.text', { app }),
    '',
    say('confirm.link', { time: utc(confirmBy.toISOString()) }),
    links.page,
    '',
    say('confirm.ignore'),
  ]
  return { subject: say('confirm.subject', { app }), text: toText(lines) }
}

export function noticeText(
  { language, appName, links }: NoticeReader,
  { troubles, counts }: NoticeContent,
): MailText {
  const words = wordsOf(language)
  const { say } = words
  const app = plain(appName)
  const total = counts.failing + counts.disabled_soon + counts.disabled
  const lines = [
    ...troubles.flatMap((trouble, at) => [
      ...(trouble.notice === troubles[at - 1]?.notice ? [] : headOf(words, trouble, counts)),
      ...describe(words, trouble),
      '',
    ]),
    ...(total > troubles.length ? [say('more', { n: total - troubles.length }), ''] : []),
    ...(links.portal === null ? [] : [say('portal'), links.portal, '']),
    '-- ',
    say('why', { app }),
    say('stop'),
    links.page,
  ]
  return { subject: subjectOf(words, troubles, { app, n: total }), text: toText(lines) }
}

function subjectOf(
  { say }: Words,
  troubles: readonly NoticedTrouble[],
  { app, n }: { readonly app: string; readonly n: number },
): string {
  const [only] = troubles
  if (n !== 1 || only === undefined) return say('subject.many', { n, app })
  return say(`subject.${only.notice}`, { endpoint: only.host ?? say('endpoint'), app })
}

function headOf(
  { say }: Words,
  { notice }: NoticedTrouble,
  counts: NoticeContent['counts'],
): string[] {
  return [say(`head.${notice}`, { n: counts[notice] }), '']
}

function describe(words: Words, trouble: NoticedTrouble): string[] {
  const { say } = words
  const { host, endpointId, description, cause, failingSince, disabledAt, disablesAt } = trouble
  const hint = cause === null ? null : words.hint(cause)
  const about = description.trim() === '' ? '' : `: ${plain(description)}`
  return [
    `* ${host ?? say('endpoint')} (${endpointId})${about}`,
    ...(cause === null ? [] : [say('cause', { cause: plain(words.cause(cause)) })]),
    ...(hint === null ? [] : [say('hint', { hint: plain(hint) })]),
    ...(failingSince === null ? [] : [say('failingSince', { time: utc(failingSince) })]),
    ...(disablesAt === null ? [] : [say('disablesAt', { time: utc(disablesAt) })]),
    ...(disabledAt === null ? [] : [say('disabledAt', { time: utc(disabledAt) })]),
  ].map((line, at) => (at === 0 ? line : `  ${line}`))
}

const MAX_PLAIN = 200

/** A name of a stranger's on one line, and no longer than that. */
function plain(text: string): string {
  const line = text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
  return line.length > MAX_PLAIN ? `${line.slice(0, MAX_PLAIN)}…` : line
}

function toText(lines: readonly string[]): string {
  return [...lines, ''].join('\n')
}
