import { hash } from 'node:crypto'

const LOSANT_ID = /^[A-Fa-f\d]{24}$/

/** The 24 hexadecimal digits that Losant's clients know an application or webhook by. */
export function losantIdOf(id: string): string {
  return hash('sha256', id).slice(0, 24)
}

/** As stored; null: no such id. */
export function readLosantId(text: string): string | null {
  return LOSANT_ID.test(text) ? text.toLowerCase() : null
}
