/** What the log has of an error. */
export interface DescribedError {
  readonly type: string
  readonly message: string
  readonly code?: string | number
  readonly stack?: string
  readonly cause?: DescribedError
}

const MAX_CAUSES = 3
const MAX_MESSAGE_CHARACTERS = 1_000
const MAX_STACK_CHARACTERS = 2_000

/**
 * Only what every error has. Libraries hang more on theirs: a lost connection of Postgres the whole client
 * with the keys of its session, a refused row its contents.
 */
export function describeError(err: unknown, causes = MAX_CAUSES): DescribedError {
  if (typeof err !== 'object' || err === null)
    return { type: typeof err, message: cut(String(err), MAX_MESSAGE_CHARACTERS) }
  const { message, code, stack, cause }: Partial<Record<keyof Error | 'code', unknown>> = err
  return {
    type: err.constructor?.name ?? 'Object',
    message: typeof message === 'string' ? cut(message, MAX_MESSAGE_CHARACTERS) : '',
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof stack === 'string' && { stack: cut(stack, MAX_STACK_CHARACTERS) }),
    ...(cause !== undefined && causes > 0 && { cause: describeError(cause, causes - 1) }),
  }
}

function cut(text: string, maxCharacters: number): string {
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text
}
