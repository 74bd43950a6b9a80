import { constants, fstatSync, openSync, write } from 'node:fs'
import { Socket } from 'node:net'

/** Writes one chunk to where the lines go; calls back when the system has taken it. */
export type WriteChunk = (chunk: string, done: (err?: Error | null) => void) => void

export interface ChunkWriter {
  writeChunk: WriteChunk
  /** Gives up what is being written: a write under way would keep the process alive. */
  abandon(): void
}

export interface BoundedOutputOptions {
  writeChunk: WriteChunk
  abandon?: () => void
  /** Characters that may wait, the chunk being written included. */
  maxBuffered: number
  /** The line that reports what was dropped, once there is room again. */
  describeDrops: (count: number) => string
}

const GATHER_MS = 5

/**
 * Lines on their way out of the process. A reader that stalls, or a disk that is full, never holds up
 * the event loop: beyond `maxBuffered` lines are dropped and counted. One write is in flight at a time,
 * and the lines of a few milliseconds go out together: a write wakes its reader, and costs as much as a line.
 */
export class BoundedOutput {
  readonly #options: BoundedOutputOptions
  #waiting: string[] = []
  #buffered = 0
  #isBusy = false
  #unreportedDrops = 0
  #idleListeners: (() => void)[] = []

  /** Lines that were never written, since the start. */
  dropped = 0

  constructor(options: BoundedOutputOptions) {
    this.#options = options
  }

  write(line: string): void {
    if (this.#buffered + line.length > this.#options.maxBuffered) return this.#drop(1)
    this.#buffered += line.length
    this.#waiting.push(line)
    if (this.#isBusy) return
    this.#isBusy = true
    this.#gather()
  }

  /** The last act: resolves when all is written, or gives up after `timeoutMs` with a reader that takes nothing. */
  async drain(timeoutMs: number): Promise<void> {
    if (!this.#isBusy) return
    const idle = Promise.withResolvers<void>()
    this.#idleListeners.push(idle.resolve)
    const timer = setTimeout(() => {
      this.#options.abandon?.()
      idle.resolve()
    }, timeoutMs)
    await idle.promise
    clearTimeout(timer)
  }

  #gather(): void {
    setTimeout(() => this.#writeNext(), GATHER_MS)
  }

  #writeNext(): void {
    const lines = this.#waiting
    this.#waiting = []
    const chunk = lines.join('')
    this.#options.writeChunk(chunk, (err) => {
      this.#buffered -= chunk.length
      if (err) this.#drop(lines.length)
      else this.#reportDrops()
      if (this.#waiting.length > 0) this.#gather()
      else this.#becomeIdle()
    })
  }

  #becomeIdle(): void {
    this.#isBusy = false
    for (const resolve of this.#idleListeners.splice(0)) resolve()
  }

  #drop(count: number): void {
    this.dropped += count
    this.#unreportedDrops += count
  }

  #reportDrops(): void {
    if (this.#unreportedDrops === 0) return
    const line = this.#options.describeDrops(this.#unreportedDrops)
    this.#unreportedDrops = 0
    this.#buffered += line.length
    this.#waiting.push(line)
  }
}

/**
 * How to write to a file descriptor without ever waiting for its reader. `fs.write` would hold a
 * thread of libuv's pool (and the exit of the process) for as long as a pipe is full.
 */
export function chunkWriterTo(fd: number): ChunkWriter {
  const stat = fstatSync(fd)
  if (stat.isFIFO() || stat.isSocket()) return writeToPipe(fd)
  return {
    writeChunk: (chunk, done) => write(fd, chunk, (err) => done(err)),
    abandon: () => undefined,
  }
}

function writeToPipe(fd: number): ChunkWriter {
  const socket = new Socket({ fd: reopenNonBlocking(fd), readable: false, writable: true })
  socket.unref()
  socket.on('error', () => {
    // Told to the callback of the write; the listener keeps a closed pipe from ending the process.
  })
  return {
    writeChunk(chunk, done) {
      if (socket.destroyed) setImmediate(done, new Error('The reader of the log is gone.'))
      else socket.write(chunk, done)
    },
    abandon: () => socket.destroy(),
  }
}

// A pipe's flags belong to everyone who inherited it; reopened through /proc it has flags of its own.
function reopenNonBlocking(fd: number): number {
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    return fd
  }
}
