import { createServer, type Socket } from 'node:net'
import { serveCalls } from '../ipc.ts'
import { nowUs } from '../measure/clock.ts'
import { loopbackHost } from '../stage/loopback-host.ts'
import { Ledger } from './ledger.ts'
import type { Behaviour, ReceiverCalls } from './receiver-calls.ts'
import { type ReceivedRequest, RequestParser } from './request-parser.ts'

/** The receiver's process: raw sockets, a ledger, endpoints told apart by the number in their path. */
const ACCEPTED = answerText('200 OK', 'ok')
const FAILED = answerText('500 Internal Server Error', 'no')

const ledger = new Ledger()
const behaviours = new Map<number, Behaviour>()
let unanswered = 0

const calls: ReceiverCalls = {
  listen: async ({ hosts }) => {
    const port = await listen(loopbackHost(0), 0)
    for (let index = 1; index < hosts; index++) await listen(loopbackHost(index), port)
    return port
  },
  behave: async ({ endpoint, behaviour }) => {
    behaviours.set(endpoint, behaviour)
  },
  count: async () => ledger.count,
  take: async () => ledger.take(),
  unanswered: async () => unanswered,
}

serveCalls(calls)

function listen(host: string, port: number): Promise<number> {
  const server = createServer({ noDelay: true }, receive)
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, host, 1024, () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address.port)
    })
  })
}

function receive(socket: Socket): void {
  const parser = new RequestParser()
  socket.on('data', (chunk: Buffer) => {
    for (const request of parser.push(chunk)) answer(socket, request)
  })
  socket.on('error', () => socket.destroy())
}

function answer(socket: Socket, { path, id }: ReceivedRequest): void {
  const endpoint = Number(path.slice(path.lastIndexOf('/') + 1))
  const behaviour = behaviours.get(endpoint) ?? 'accept'
  if (behaviour !== 'accept') unanswered++
  if (behaviour === 'hang') return
  if (behaviour === 'accept') ledger.add(id, endpoint, nowUs())
  socket.write(behaviour === 'accept' ? ACCEPTED : FAILED)
}

function answerText(status: string, body: string): Buffer {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}`
  return Buffer.from(`${head}\r\n\r\n${body}`, 'latin1')
}
