import * as z from 'zod'

/** 0 success, 1 pending, 2 fail, 3 sending, 4 canceled. */
export const MessageStatus = z.literal([0, 1, 2, 3, 4]).meta({ id: 'MessageStatus' })
export type MessageStatus = z.infer<typeof MessageStatus>

export const MessageStatusText = z
  .enum(['success', 'pending', 'fail', 'sending', 'canceled'])
  .meta({ id: 'MessageStatusText' })
export type MessageStatusText = z.infer<typeof MessageStatusText>
