import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Express, NextFunction, Request, Response } from 'express'
import { contentSecurityPolicy, type PageSources } from './content-security-policy.ts'
import { sendAsset } from './send-asset.ts'

export interface PagesConfig {
  /** The portal as `vite build` left it. */
  readonly portalFolder: string
  /** The console, likewise. */
  readonly consoleFolder: string
  /** Where the portal is served and nowhere else; null: at any host of the api. */
  readonly portalOrigin: string | null
  /** Who may show the portal in a frame: sources of `frame-ancestors`. */
  readonly frameAncestors: readonly string[]
  /** Whose images the pages may show, beside our own. */
  readonly imageOrigins: readonly string[]
}

/** What the page that is asked for at a URL brings along of how it is to look; null: nothing. */
export type LookOf = (url: string) => Promise<Readonly<Record<string, string>> | null>

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

// Only names that the build makes: no dots beside that of the ending, no way out of the folder.
const ASSET = /^(?:assets\/)?[\w-]+(?:\.[\w-]+)*\.(js|css|svg)$/
// As the build leaves it wherever a nonce belongs (`html.cspNonce` of its configuration).
const NONCE_MARK = '__NONCE__'
const NONCE_BYTES = 16

/**
 * The portal: one page for all its paths, and the files that its build named by content. With a host of its own it
 * isn't there at any other.
 */
export function mountPages(app: Express, config: PagesConfig, lookOf: LookOf): void {
  const { portalFolder: folder, portalOrigin } = config
  const host = hostOf(portalOrigin)
  const sendPage = mountApp(app, { base: '/portal', folder, sources: config, host, lookOf })
  app.get('/login', sendPage)
}

/** The console, which no frame may show. With a host of its own it isn't there at any other. */
export function mountConsole(app: Express, config: PagesConfig, url: string | null): void {
  const host = hostOf(url)
  const folder = config.consoleFolder
  const sources = { ...config, frameAncestors: ["'none'"] }
  mountApp(app, { base: '/console', folder, sources, host, lookOf: () => Promise.resolve(null) })
}

function hostOf(url: string | null): string | null {
  return url === null ? null : (URL.parse(url)?.host ?? null)
}

interface MountedApp {
  readonly base: string
  readonly folder: string
  readonly sources: PageSources
  /** Null: any. */
  readonly host: string | null
  readonly lookOf: LookOf
}

type Handler = (req: Request, res: Response, next: NextFunction) => void

function mountApp(app: Express, mounted: MountedApp): Handler {
  const { base, folder, sources, host, lookOf } = mounted
  const page = readPage(folder)
  const headersWith = (nonce: string) => ({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(nonce, sources),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  })
  const atHost = (handle: Handler): Handler => {
    return (req, res, next) =>
      host === null || req.headers.host === host ? handle(req, res, next) : next()
  }
  const sendPage = atHost((req, res) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    const headers = headersWith(nonce)
    if (page === null) res.writeHead(503, headers).end('These pages are not built: run npm start.')
    else
      void lookOf(req.url).then((look) =>
        res.writeHead(200, headers).end(withLook(page.replaceAll(NONCE_MARK, nonce), look)),
      )
  })
  const sendFile = atHost((req, res, next) => {
    const path = req.path.slice(base.length + 1)
    const type = TYPES[ASSET.exec(path)?.[1] ?? '']
    if (type === undefined) sendPage(req, res, next)
    else
      void sendAsset(res, {
        path: join(folder, path),
        type,
        acceptEncoding: req.headers['accept-encoding'],
      })
  })
  app.get(`${base}/*file`, sendFile)
  app.get(base, sendPage)
  return sendPage
}

const END = '</body>'

/** Behind all that is painted first. Data, which no browser runs: only `<` could end it. */
function withLook(page: string, look: Awaited<ReturnType<LookOf>>): string {
  if (look === null) return page
  const json = JSON.stringify(look).replaceAll('<', String.raw`\u003c`)
  const script = `<script type="application/json" id="look">${json}</script>`
  return page.replace(END, () => script + END)
}

function readPage(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8')
  } catch {
    return null
  }
}
