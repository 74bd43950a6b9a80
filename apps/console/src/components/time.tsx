export { FullTime, Time } from '@posthorn/ui'
