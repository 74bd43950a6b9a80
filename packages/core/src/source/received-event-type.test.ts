import { expect, it } from 'vitest'
import { receivedEventType } from './received-event-type.ts'

it.each([
  ['invoice.paid', 'stripe.invoice.paid'],
  ['issues opened', 'stripe.issues_opened'],
  ['orders/create', 'stripe.orders_create'],
  ['\u0000é', 'stripe.received'],
  ['', 'stripe.received'],
  [undefined, 'stripe.received'],
  ['a'.repeat(400), `stripe.${'a'.repeat(249)}`],
])('calls %j of stripe %s', (named, expected) => {
  expect(receivedEventType('stripe', named)).toBe(expected)
})
