import { createSendOneFirst } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'

export const { SendOneFirst } = createSendOneFirst({ describeError })
