import { methodOf } from './methods.ts'
import { isDict, Namespace, TemplateFault, Tuple, type Value } from './value.ts'

/** How a name was asked for: `owner[name]`, `owner.name`, or `owner.name()`. */
export type Access = 'item' | 'attribute' | 'method'

/**
 * Only what a value holds and the methods of a table: nothing of the runtime has a name here.
 *
 * @throws {TemplateFault} a member of what is undefined
 */
export function memberOf(owner: Value, key: Value, access: Access): Value {
  if (owner === undefined) throw new TemplateFault(`${nameFor(key)} is asked of what is undefined.`)
  const method = access === 'method' ? methodOf(owner, key) : undefined
  if (method !== undefined) return method
  if (isDict(owner)) return owner.get(key)
  if (owner instanceof Namespace) return owner.values.get(nameFor(key))
  return typeof key === 'bigint' ? elementAt(owner, Number(key)) : undefined
}

function elementAt(owner: Value, index: number): Value {
  if (typeof owner === 'string') return Array.from(owner).at(index)
  if (Array.isArray(owner)) return owner.at(index)
  return owner instanceof Tuple ? owner.items.at(index) : undefined
}

function nameFor(key: Value): string {
  return typeof key === 'string' ? key.slice(0, 100) : 'An element'
}
