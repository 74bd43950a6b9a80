import * as z from 'zod'
import { defineEventType } from './define-event-type.ts'

const Money = z.object({
  amount: z.int().describe('In the smallest unit of the currency'),
  currency: z.string().length(3),
})

const Invoice = z.object({
  invoiceId: z.string(),
  customerId: z.string(),
  total: Money,
})

const invoice = {
  invoiceId: 'in_8KQ2',
  customerId: 'cus_41F',
  total: { amount: 129_900, currency: 'EUR' },
}

export const invoicePaid = defineEventType({
  name: 'invoice.paid',
  description: 'An invoice was paid in full',
  schema: Invoice.extend({
    paidAt: z.iso.datetime(),
    method: z.enum(['card', 'sepa', 'transfer']),
  }),
  examples: [{ ...invoice, paidAt: '2026-03-02T09:14:07Z', method: 'sepa' }],
})

export const invoicePaymentFailed = defineEventType({
  name: 'invoice.payment_failed',
  description: 'A payment for an invoice was declined',
  schema: Invoice.extend({
    reason: z.enum(['insufficient_funds', 'card_expired', 'declined', 'unknown']),
    nextTryAt: z.iso.datetime().nullable(),
  }),
  examples: [{ ...invoice, reason: 'card_expired', nextTryAt: '2026-03-05T09:00:00Z' }],
})

export const userCreated = defineEventType({
  name: 'user.created',
  description: 'Somebody signed up or was invited',
  schema: z.object({
    userId: z.string(),
    email: z.email(),
    name: z.string().optional(),
    invitedBy: z.string().nullable(),
  }),
  examples: [{ userId: 'usr_7C', email: 'ada@example.com', name: 'Ada', invitedBy: null }],
})

export const userDeleted = defineEventType({
  name: 'user.deleted',
  description: 'An account was closed; its personal data goes within 30 days',
  schema: z.object({ userId: z.string(), closedBy: z.enum(['user', 'support']) }),
  examples: [{ userId: 'usr_7C', closedBy: 'user' }],
})

export const orderShipped = defineEventType({
  name: 'order.shipped',
  description: 'A parcel of an order was handed to the carrier',
  schema: z.object({
    orderId: z.string(),
    carrier: z.string(),
    trackingNumber: z.string().nullable(),
    items: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).min(1),
  }),
  examples: [
    {
      orderId: 'ord_5512',
      carrier: 'DHL',
      trackingNumber: '00340434161094042557',
      items: [{ sku: 'MUG-BLUE', quantity: 2 }],
    },
  ],
})

export const deviceAlarm = defineEventType({
  name: 'device.alarm',
  description: 'A device left its allowed range',
  schema: z.object({
    deviceId: z.string(),
    metric: z.string(),
    value: z.number(),
    threshold: z.number(),
    severity: z.enum(['warning', 'critical']),
    raisedAt: z.iso.datetime(),
  }),
  examples: [
    {
      deviceId: 'dev_pump_3',
      metric: 'temperature_c',
      value: 91.5,
      threshold: 85,
      severity: 'critical',
      raisedAt: '2026-03-02T09:14:07Z',
    },
  ],
})

/** What an empty installation starts with. */
export const exampleCatalog = [
  invoicePaid,
  invoicePaymentFailed,
  userCreated,
  userDeleted,
  orderShipped,
  deviceAlarm,
]
