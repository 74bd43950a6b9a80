import type { Console } from '../console-setup.ts'

const CATALOG: readonly (readonly [string, string])[] = [
  ['order.created', 'A customer placed an order.'],
  ['order.shipped', 'The parcel was handed to the carrier.'],
  ['order.canceled', 'The order was canceled before it shipped.'],
  ['invoice.issued', 'An invoice was sent to the customer.'],
  ['invoice.paid', 'An invoice was paid in full.'],
  ['invoice.overdue', 'The due date has passed without payment.'],
  ['customer.created', 'A new customer signed up.'],
  ['stock.low', 'An item fell below its reorder level.'],
]

export const TYPES: readonly string[] = CATALOG.map(([name]) => name)

/** The catalog, each with a schema and an example. */
export async function addEventTypes(staff: Console): Promise<void> {
  for (const [name, description] of CATALOG) {
    const schema = {
      type: 'object',
      required: ['id', 'amount'],
      properties: {
        id: { type: 'string', description: 'Of the order' },
        customer: { type: 'string', description: 'Who ordered' },
        amount: { type: 'integer', description: 'In cents', minimum: 0 },
        currency: { type: 'string', enum: ['EUR', 'USD', 'GBP'] },
      },
      examples: [{ id: 'ord_48210', customer: 'cus_9Jx2', amount: 4_200, currency: 'EUR' }],
    }
    await staff.call('POST', '/event-type', { name, description, schemas: { 1: schema } })
  }
}
