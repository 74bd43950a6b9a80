import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

export interface Blackhole extends AsyncDisposable {
  port: number
}

// Its event loop stands still once it listens: nothing is accepted, and the kernel's queue soon is full.
const standstill = `
  const { parentPort } = require('node:worker_threads')
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })`

/** A port of 127.0.0.1 that answers a SYN with nothing. */
export async function blackhole(): Promise<Blackhole> {
  const worker = new Worker(standstill, { eval: true })
  const [port]: unknown[] = await once(worker, 'message')
  if (typeof port !== 'number') throw new Error('the blackhole does not listen')
  const sockets: Socket[] = []
  // One late answer may be the machine's; three at once without any are the full queue's.
  while (await isAnyAccepted(port, sockets)) if (sockets.length > 300) throw new Error('never full')
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await worker.terminate()
    },
  }
}

async function isAnyAccepted(port: number, sockets: Socket[]): Promise<boolean> {
  const accepted = await Promise.all([1, 2, 3].map(() => isAccepted(port, sockets)))
  return accepted.includes(true)
}

async function isAccepted(port: number, sockets: Socket[]): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
  sockets.push(socket)
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 150, false)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
