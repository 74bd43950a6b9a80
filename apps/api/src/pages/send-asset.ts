import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

export interface Asset {
  readonly path: string
  readonly type: string
  /** Of the request. */
  readonly acceptEncoding: string | undefined
}

interface Content {
  readonly plain: Buffer
  readonly gzipped: Buffer
}

const compress = promisify(gzip)
const YEAR = 'public, max-age=31536000, immutable'
// What the build named by its content never changes, and there are only as many as the build made.
const kept = new Map<string, Promise<Content | null>>()

export async function sendAsset(res: ServerResponse, asset: Asset): Promise<void> {
  const content = await contentOf(asset.path)
  if (content === null) {
    res.writeHead(404, { 'content-type': 'text/plain', 'cache-control': 'no-store' }).end()
    return
  }
  const isGzipped = /\bgzip\b/.test(asset.acceptEncoding ?? '')
  const body = isGzipped ? content.gzipped : content.plain
  res
    .writeHead(200, {
      'content-type': asset.type,
      'content-length': body.length,
      ...(isGzipped ? { 'content-encoding': 'gzip' } : {}),
      vary: 'accept-encoding',
      'cache-control': isNamedByContent(asset.path) ? YEAR : 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    .end(body)
}

function isNamedByContent(path: string): boolean {
  return path.includes('/assets/')
}

function contentOf(path: string): Promise<Content | null> {
  if (!isNamedByContent(path)) return readContent(path)
  const known = kept.get(path)
  if (known !== undefined) return known
  const reading = readContent(path).then((content) => {
    if (content === null) kept.delete(path)
    return content
  })
  kept.set(path, reading)
  return reading
}

async function readContent(path: string): Promise<Content | null> {
  const plain = await readFile(path).catch(() => null)
  return plain === null ? null : { plain, gzipped: await compress(plain) }
}
