export { BodyConverter, type ConvertBody } from './body-converter.ts'
export { type Conversion, type ConvertibleBody, convertBody } from './convert-body.ts'
export { formToValue } from './form-to-value.ts'
export { BodyFault } from './body-fault.ts'
