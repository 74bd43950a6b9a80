import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Express, Request, Response } from 'express'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { sendAsset } from './send-asset.ts'

export interface PagesConfig {
  /** The portal as `vite build` left it. */
  readonly portalFolder: string
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
  const page = readPage(config.portalFolder)
  const headersWith = (nonce: string) => ({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(nonce, config.frameAncestors),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  })
  const sendPage = (_req: Request, res: Response) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    const headers = headersWith(nonce)
    if (page === null) res.writeHead(503, headers).end('The portal is not built: run npm start.')
    else res.writeHead(200, headers).end(page.replaceAll(NONCE_MARK, nonce))
  }
  app.get('/portal/*file', (req: Request, res: Response) => {
    const path = req.path.slice('/portal/'.length)
    const type = TYPES[ASSET.exec(path)?.[1] ?? '']
    if (type === undefined) sendPage(req, res)
    else
      void sendAsset(res, {
        path: join(config.portalFolder, path),
        type,
        acceptEncoding: req.headers['accept-encoding'],
      })
  })
  app.get('/portal', sendPage)
  app.get('/login', sendPage)
}

function readPage(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8')
  } catch {
    return null
  }
}
