import { createQueryView } from '@posthorn/ui'
import { hasText, t } from '../lib/text.ts'

export const { QueryView, describeError } = createQueryView({ t, hasText })
