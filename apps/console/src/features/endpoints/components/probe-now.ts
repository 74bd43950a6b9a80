import { createProbeNow } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'

export const { ProbeNow } = createProbeNow({ describeError })
