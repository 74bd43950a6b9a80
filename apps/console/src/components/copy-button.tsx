import { createCopyButton } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { describeError } from './query-view.tsx'

export const { CopyButton } = createCopyButton({ t, describeError })
