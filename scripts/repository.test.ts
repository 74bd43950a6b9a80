import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const filesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name))

// What looks like a path of the repository: a known top folder, then more.
const PATHS = /(?:^|[\s"'])((?:apps|packages|scripts|prisma|docker)\/[\w./-]+)/gm

// Those that run as a process: the pages of the others are in the api's image.
const processes = readdirSync(join(ROOT, 'apps')).filter((app) =>
  existsSync(join(ROOT, 'apps', app, 'src/main.ts')),
)

function pathsIn(text: string): string[] {
  return [...text.matchAll(PATHS)].map((match) => match[1] ?? '')
}

describe('docker/', () => {
  const files = filesIn('docker', /Dockerfile$|\.yaml$/)

  it.each(files)('%s names only paths that exist', (file) => {
    const missing = pathsIn(read(file)).filter((path) => !existsSync(join(ROOT, path)))
    expect(missing).toEqual([])
  })

  it('has a Dockerfile for each app that is a process, which compose builds', () => {
    const compose = read('docker/compose.yaml')
    for (const app of processes) {
      expect(files).toContain(`docker/${app}.Dockerfile`)
      expect(compose).toContain(`docker/${app}.Dockerfile`)
    }
  })

  it('asks the bootstrap only for commands that it has', () => {
    const asked = files.flatMap((file) => [...read(file).matchAll(/bootstrap\.mjs (\S+)/g)])
    expect(asked.length).toBeGreaterThan(0)
    for (const [, name] of asked) expect(read('scripts/bootstrap.mjs')).toContain(`  ${name}: [`)
  })

  it('runs each app as its own role, as a user without rights, and says when it is ready', () => {
    for (const app of processes) {
      const lines = read(`docker/${app}.Dockerfile`).trim().split('\n')
      expect(lines.at(-1)).toMatch(new RegExp(`^CMD \\["node", ".+", "run", "${app}"\\]$`))
      expect(lines).toContain('USER node')
      expect(lines.filter((line) => /^HEALTHCHECK .*CMD node scripts/.test(line))).toHaveLength(1)
    }
  })

  it('leaves secrets, data and what this machine installed or made out of the image', () => {
    const ignored = read('.dockerignore').split('\n')
    for (const path of ['.env', '.data', '.git', '**/node_modules', '**/generated'])
      expect(ignored).toContain(path)
  })

  it('pins the version of Node that the repository installs', () => {
    const version = /"node": "([\d.]+)"/.exec(read('package.json'))?.[1] ?? 'none'
    const images = files.filter((file) => file.endsWith('Dockerfile')).map(read)
    for (const text of images) expect(text).toContain(`FROM node:${version}-`)
  })
})

describe('package.json', () => {
  it.each(['start', 'test', 'test:long', 'bench', 'verify'])(
    'npm run %s goes through the bootstrap',
    (name) => {
      // `exec`: a shell between npm and the service would swallow npm's signals.
      const exec = name === 'start' ? 'exec ' : ''
      expect(read('package.json')).toContain(
        `"${name}": "${exec}node scripts/bootstrap.mjs ${name}"`,
      )
      expect(read('scripts/bootstrap.mjs')).toMatch(new RegExp(`^ {2}'?${name}'?: `, 'm'))
    },
  )

  it('has the version that every package of it has', () => {
    const { version } = JSON.parse(read('package.json'))
    const packages = ['apps', 'packages'].flatMap((folder) =>
      readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}/package.json`),
    )
    expect(packages.length).toBeGreaterThan(10)
    for (const file of packages)
      expect([file, JSON.parse(read(file)).version]).toEqual([file, version])
  })

  it('names files that exist in the bootstrap', () => {
    const named = [...read('scripts/bootstrap.mjs').matchAll(/join\(ROOT, '([^']+)'\)/g)]
    for (const [, path] of named) expect(existsSync(join(ROOT, path ?? '')), path).toBe(true)
  })
})

describe('.env.example', () => {
  const settings = new Set(
    [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]),
  )
  const configs = filesIn(
    'apps',
    /src\/(?:[\w-]+\/)?(?:config|installation-config|openid-env|theme-env)\.ts$/,
  ).concat('packages/cli/src/config.ts')

  it.each(configs)('has every setting that %s reads', (file) => {
    const names = [...read(file).matchAll(/^ {2,4}([A-Z][A-Z_]+): /gm)].map((match) => match[1])
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !settings.has(name))).toEqual([])
  })

  it('has a comment above every setting or its neighbour', () => {
    const blocks = read('.env.example').trim().split('\n\n').slice(1)
    for (const block of blocks) expect(block).toMatch(/^# .+/)
  })
})

it('.ci/run can be executed', () => {
  expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).not.toBe(0)
})
