import type { IncomingMessage } from 'node:http'
import { confirmByLink, findByLink, NOTICES, unsubscribeByLink } from '@posthorn/core/notice'
import type { ApiContext } from '../context.ts'
import type { HttpAnswer } from '../http/send.ts'
import { visitorOf } from '../http/visitor.ts'
import { answerPage, type NoticePage, type PageLanguage, say } from './notice-page.ts'

/** What a link in a mail leads to: whoever has the link may, without signing in. */
export interface LinkedPage {
  readonly method: 'get' | 'post'
  readonly path: string
  answer(ctx: ApiContext, asked: AskedPage): Promise<HttpAnswer>
}

export interface AskedPage {
  readonly req: IncomingMessage
  readonly requestId: string
  readonly token: string
}

const ONE = '/notices/:token'

/** Looking changes nothing: mail servers open links to see where they lead. */
const look = (path: string): LinkedPage => ({
  method: 'get',
  path,
  answer: async (ctx, asked) => {
    limit(ctx, asked)
    const found = await findByLink(ctx, asked.token)
    return answerPage(found === null ? unknownPage(asked) : standingPage(found, asked))
  },
})

const confirm: LinkedPage = {
  method: 'post',
  path: `${ONE}/confirm`,
  answer: async (ctx, asked) => {
    const followed = { ...asked, address: limit(ctx, asked) }
    const found = await confirmByLink(ctx, followed)
    return answerPage(found === null ? unknownPage(asked) : standingPage(found, asked))
  },
}

/** Also what a mail program posts by itself (RFC 8058): no cookie, no question, no redirect. */
const unsubscribe: LinkedPage = {
  method: 'post',
  path: `${ONE}/unsubscribe`,
  answer: async (ctx, asked) => {
    const followed = { ...asked, address: limit(ctx, asked) }
    const found = await unsubscribeByLink(ctx, followed)
    const language = found === null ? languageOf(asked) : toLanguage(found.language)
    return answerPage({ status: 200, language, body: paragraph(say(language, 'ended')) })
  },
}

export const noticePages: readonly LinkedPage[] = [
  look(ONE),
  look(`${ONE}/unsubscribe`),
  confirm,
  unsubscribe,
]

/** Answers the address that asks. */
function limit(ctx: ApiContext, { req }: AskedPage): string {
  const { address, network } = visitorOf(ctx, req)
  ctx.limitRate(`network:${network}`)
  return address
}

type Found = NonNullable<Awaited<ReturnType<typeof findByLink>>>

function standingPage(found: Found, { token }: AskedPage): NoticePage {
  const language = toLanguage(found.language)
  const named = { email: found.email, app: found.appName }
  const isConfirmed = found.confirmedAt !== null
  const told = NOTICES.filter((notice) => found.notices.includes(notice))
  const items = told.map((notice) => `<li>${say(language, notice)}</li>`).join('')
  const body = [
    isConfirmed ? paragraph(say(language, 'confirmed'), 'status') : '',
    paragraph(say(language, isConfirmed ? 'is' : 'ask', named)),
    paragraph(say(language, 'about')),
    `<ul>${items}</ul>`,
    isConfirmed ? '' : button(`${token}/confirm`, say(language, 'confirm'), 'primary'),
    button(`${token}/unsubscribe`, say(language, isConfirmed ? 'unsubscribe' : 'decline')),
  ]
  return { status: 200, language, body: body.join('') }
}

function unknownPage(asked: AskedPage): NoticePage {
  const language = languageOf(asked)
  return { status: 404, language, body: paragraph(say(language, 'unknown')) }
}

function paragraph(text: string, role?: string): string {
  return `<p${role === undefined ? '' : ` role="${role}"`}>${text}</p>`
}

/** Its token has characters of base64url alone, or nothing was found by it. */
function button(path: string, text: string, kind = ''): string {
  return `<form method="post" action="/notices/${path}"><button class="${kind}">${text}</button></form>`
}

/** Of whose link nothing is known: as the browser asks. */
function languageOf({ req }: AskedPage): PageLanguage {
  return /^de\b/i.test(req.headers['accept-language'] ?? '') ? 'de' : 'en'
}

function toLanguage(language: string): PageLanguage {
  return language === 'de' ? 'de' : 'en'
}
