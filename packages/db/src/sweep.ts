/** What finds work and gives it back: for workers alone. */
export { type DueDelivery, findDueDeliveries } from './hot/find-due.ts'
export { resignLeadership } from './hot/leadership.ts'
export { type FoundWork, lookForWork } from './hot/look-for-work.ts'
export { type ReleaseTo, releaseDeliveries } from './hot/release-deliveries.ts'
export { rescueLeases, type RescuedRow } from './hot/rescue-leases.ts'
