import { chmod, rm } from 'node:fs/promises'
import { announceRunFolder } from './config.ts'
import { makeTestFolder } from './test-folder.ts'

const OTHERS_MAY_PASS = 0o711

/** What Vitest runs before the first file, and then after the last one. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await makeTestFolder('run')
  // Postgres, which is another user where we are root, keeps a data folder in it.
  await chmod(folder, OTHERS_MAY_PASS)
  announceRunFolder(folder)
  return () => rm(folder, { recursive: true, force: true })
}
