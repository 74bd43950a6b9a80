import { createCopyButton } from './copy-button.tsx'
import { t } from './words.ts'

/** For what is at hand already: only the clipboard can refuse. */
export const { CopyButton } = createCopyButton({ t, describeError: () => t('copy.refused') })
