/** Stops waiting after `ms`: closing hangs while a backend is away. The promise itself goes on. */
export async function withDeadline(promise: PromiseLike<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  const ended = Promise.resolve(promise).then(
    () => undefined,
    () => undefined,
  )
  await Promise.race([ended, deadline])
  clearTimeout(timer)
}
