/** Where the files of one run of tests keep what they share; null outside such a run. */
export const TEST_RUN_FOLDER = process.env['POSTHORN_TEST_RUN_FOLDER'] ?? null

/** For the processes that are started from here on. */
export function announceRunFolder(folder: string): void {
  process.env['POSTHORN_TEST_RUN_FOLDER'] = folder
}
