/** What the promise comes to, or `late` when that takes longer than `ms`. The promise itself goes on. */
export async function withinDeadline<T>(promise: PromiseLike<T>, ms: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms)
  })
  try {
    return await Promise.race([promise, deadline])
  } finally {
    clearTimeout(timer)
  }
}
