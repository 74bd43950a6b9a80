export { FullTime, Time, TimeAndUtc } from '@posthorn/ui'
