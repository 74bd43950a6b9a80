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
  /** As the build made it; null where it made none. */
  readonly brotli: Buffer | null
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
  const { encoding, body } = encodedFor(asset.acceptEncoding ?? '', content)
  res
    .writeHead(200, {
      'content-type': asset.type,
      'content-length': body.length,
      ...(encoding === null ? {} : { 'content-encoding': encoding }),
      vary: 'accept-encoding',
      'cache-control': isNamedByContent(asset.path) ? YEAR : 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    .end(body)
}

function encodedFor(accepted: string, { plain, gzipped, brotli }: Content) {
  if (brotli !== null && /\bbr\b/.test(accepted)) return { encoding: 'br', body: brotli }
  if (/\bgzip\b/.test(accepted)) return { encoding: 'gzip', body: gzipped }
  return { encoding: null, body: plain }
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
  const plain = await readIfThere(path)
  if (plain === null) return null
  const brotli = isNamedByContent(path) ? await readIfThere(`${path}.br`) : null
  return { plain, gzipped: await compress(plain), brotli }
}

function readIfThere(path: string): Promise<Buffer | null> {
  return readFile(path).catch(() => null)
}
