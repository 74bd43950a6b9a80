export { formSecret, formText } from '@posthorn/ui'
