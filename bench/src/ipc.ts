import type { ChildProcess } from 'node:child_process'

/** Calls from the bench to one of its processes: a name and one input, answered with a value or an error. */
type Call = { callId: number; name: string; input: unknown }
type Answer = { callId: number; output: unknown; error: string | null }

/** In the child: each method of `handlers` may be called by name. The child ends when the bench does. */
export function serveCalls(handlers: object): void {
  process.on('message', (message: unknown) => {
    if (!isCall(message)) return
    void answer(handlers, message).then((reply) => process.send?.(reply))
  })
  process.on('disconnect', () => process.exit(0))
}

/** In the bench: an object that looks like `handlers` and calls them in the child. */
export function connectCalls<Calls extends object>(child: ChildProcess): Calls {
  const waiting = new Map<number, (answer: Answer) => void>()
  let lastCallId = 0
  child.on('message', (message: unknown) => {
    if (!isAnswer(message)) return
    waiting.get(message.callId)?.(message)
    waiting.delete(message.callId)
  })
  child.on('exit', (code) => {
    for (const [callId, settle] of waiting) {
      settle({ callId, output: null, error: `process ended with ${code}` })
    }
    waiting.clear()
  })
  const call = (name: string, input: unknown) =>
    new Promise((resolve, reject) => {
      const callId = ++lastCallId
      waiting.set(callId, ({ output, error }) =>
        error === null ? resolve(output) : reject(new Error(`${name}: ${error}`)),
      )
      child.send({ callId, name, input })
    })
  // Object.create is untyped, and so is a proxy of it: the caller names the interface that the child serves.
  return new Proxy(Object.create(null), {
    // Without the exception for `then`, awaiting the object would be a call.
    get: (_, name: string) => (name === 'then' ? undefined : (input: unknown) => call(name, input)),
  })
}

async function answer(handlers: object, { callId, name, input }: Call): Promise<Answer> {
  try {
    const output: unknown = await Reflect.apply(Reflect.get(handlers, name), handlers, [input])
    return { callId, output, error: null }
  } catch (err) {
    return {
      callId,
      output: null,
      error: err instanceof Error ? (err.stack ?? err.message) : String(err),
    }
  }
}

function isCall(message: unknown): message is Call {
  return typeof message === 'object' && message !== null && 'callId' in message && 'name' in message
}

function isAnswer(message: unknown): message is Answer {
  return (
    typeof message === 'object' && message !== null && 'callId' in message && 'output' in message
  )
}
