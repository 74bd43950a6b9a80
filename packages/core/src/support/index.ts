export { enableMany, ENABLED_AT_MOST, type Enabled, type EnableSelection } from './enable-many.ts'
export { listOutages, type Outage } from './list-outages.ts'
export { listOutageEndpoints, type OutageEndpoints } from './outage-endpoints.ts'
export { type Overview, readOverview } from './overview.ts'
