/** What a run of the page tests is asked for. */
export const PAGE_TEST_CONFIG = {
  chromiumPath: process.env['CHROMIUM_PATH'] ?? '',
  /** The folder for pictures of every state that is inspected; none are taken without one. */
  pictures: process.env['POSTHORN_SCREENSHOTS'] ?? null,
  isWholeMatrix: process.env['POSTHORN_PAGES'] === 'all',
}
