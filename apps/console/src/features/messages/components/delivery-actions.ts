import { createDeliveryActions } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'

export const { DeliveryActions } = createDeliveryActions({ describeError })
