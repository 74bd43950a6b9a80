import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
const BEST = {
  params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
}
const TEXTS = /\.(?:js|css)$/

/**
 * For Vite: beside each script and stylesheet its form in Brotli, `.br`. Made here, because the quality that is worth
 * sending takes a second for a script: too long for whoever asks for it first.
 */
export function brotliBeside() {
  return {
    name: 'brotli-beside',
    apply: 'build' as const,
    async writeBundle(
      { dir = '' }: { readonly dir?: string | undefined },
      bundle: Readonly<Record<string, unknown>>,
    ): Promise<void> {
      const files = Object.keys(bundle).filter((name) => TEXTS.test(name))
      await Promise.all(files.map((name) => compressFile(join(dir, name))))
    },
  }
}

async function compressFile(path: string): Promise<void> {
  await writeFile(`${path}.br`, await compress(await readFile(path), BEST))
}
