import { createRetryRest } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'

export const { RetryRest } = createRetryRest({ describeError })
