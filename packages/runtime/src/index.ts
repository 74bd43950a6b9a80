export { BoundedCache } from './bounded-cache.ts'
export { type Clock, systemClock } from './clock.ts'
export { firstIdAt, type IdPrefix, idTimeMs, isId, newId } from './ids.ts'
