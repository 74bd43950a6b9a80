export { useLiveList } from '@posthorn/ui'
