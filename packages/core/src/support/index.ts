export { enableMany, ENABLED_AT_MOST, type Enabled, type EnableSelection } from './enable-many.ts'
export { listSupportApplications, type SupportApplication } from './list-support-applications.ts'
export { listOutages, type Outage } from './list-outages.ts'
export { listPastOutages, type PastOutage, watchOutages } from './past-outages.ts'
export { type AttemptsOfTypes, readAttemptsOfTypes } from './read-event-type-attempts.ts'
export { readListeners } from './read-listeners.ts'
export { listOutageEndpoints, type OutageEndpoints } from './outage-endpoints.ts'
export { type ProbedEndpoint, probeMany } from './probe-many.ts'
export { type Overview, readOverview } from './overview.ts'
export { approveTask } from '../task/approve-task.ts'
export { approvalOf, type TaskApproval } from '../task/task-approval.ts'
export { type QueueReport, reportQueue } from './queue-health.ts'
export {
  estimateRecoverMany,
  recoverMany,
  type RecoverManyEstimate,
  type RecoverManyInput,
} from './recover-many.ts'
export { retryMany } from './retry-many.ts'
