import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Express, NextFunction, Request, Response } from 'express'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { sendAsset } from './send-asset.ts'

export interface PagesConfig {
  /** The portal as `vite build` left it. */
  readonly portalFolder: string
  /** The console, likewise. */
  readonly consoleFolder: string
  /** Who may show the portal in a frame: sources of `frame-ancestors`. */
  readonly frameAncestors: readonly string[]
}

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

/** The portal beside the api: one page for all its paths, and the files that its build named by content. */
export function mountPages(app: Express, config: PagesConfig): void {
  const { portalFolder: folder, frameAncestors } = config
  const sendPage = mountApp(app, { base: '/portal', folder, frameAncestors, host: null })
  app.get('/login', sendPage)
}

/** The console, which no frame may show. With a host of its own it isn't there at any other. */
export function mountConsole(app: Express, config: PagesConfig, url: string | null): void {
  const host = url === null ? null : (URL.parse(url)?.host ?? null)
  const folder = config.consoleFolder
  mountApp(app, { base: '/console', folder, frameAncestors: ["'none'"], host })
}

interface MountedApp {
  readonly base: string
  readonly folder: string
  readonly frameAncestors: readonly string[]
  /** Null: any. */
  readonly host: string | null
}

type Handler = (req: Request, res: Response, next: NextFunction) => void

function mountApp(app: Express, { base, folder, frameAncestors, host }: MountedApp): Handler {
  const page = readPage(folder)
  const headersWith = (nonce: string) => ({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(nonce, frameAncestors),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  })
  const atHost = (handle: Handler): Handler => {
    return (req, res, next) =>
      host === null || req.headers.host === host ? handle(req, res, next) : next()
  }
  const sendPage = atHost((_req, res) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    const headers = headersWith(nonce)
    if (page === null) res.writeHead(503, headers).end('These pages are not built: run npm start.')
    else res.writeHead(200, headers).end(page.replaceAll(NONCE_MARK, nonce))
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

function readPage(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8')
  } catch {
    return null
  }
}
