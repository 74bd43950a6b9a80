import { createSocket } from 'node:dgram'
import { isIPv4 } from 'node:net'

export type DnsReply = 'silence' | { rcode: 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' } | Addresses

interface Addresses {
  addresses: readonly string[]
  ttl?: number
  cname?: string
}

export interface DnsServer extends AsyncDisposable {
  address: string
  /** `name type` per question, in the order of arrival. */
  questions: string[]
}

const rcodes = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }
const types = { A: 1, CNAME: 5, AAAA: 28 }

/** A name server on a loopback UDP port; `reply` says what it answers, whatever the type asked for. */
export async function dnsServer(reply: (name: string) => DnsReply): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const questions: string[] = []
  socket.on('message', (query, from) => {
    const question = readQuestion(query)
    questions.push(`${question.name} ${question.type === types.A ? 'A' : 'AAAA'}`)
    const answer = reply(question.name)
    if (answer !== 'silence')
      socket.send(writeReply(query, question, answer), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    questions,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void socket.close(() => resolve())),
  }
}

interface Question {
  name: string
  type: number
  end: number
}

function readQuestion(query: Buffer): Question {
  const labels: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function writeReply(
  query: Buffer,
  question: Question,
  reply: Exclude<DnsReply, 'silence'>,
): Buffer {
  const answers = 'addresses' in reply ? answersFor(question.type, reply) : []
  const header = Buffer.from(query.subarray(0, 12))
  header.writeUInt16BE(0x8180 | rcodes['rcode' in reply ? reply.rcode : 'NOERROR'], 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(answers.length, 6)
  header.fill(0, 8)
  return Buffer.concat([header, query.subarray(12, question.end), ...answers])
}

function answersFor(type: number, reply: Addresses): Buffer[] {
  const ttl = reply.ttl ?? 60
  const owner = reply.cname ? encodeName(reply.cname) : pointerToQuestion
  const cname = reply.cname ? [record(pointerToQuestion, types.CNAME, { ttl, data: owner })] : []
  const wanted = reply.addresses.filter((address) => isIPv4(address) === (type === types.A))
  return [
    ...cname,
    ...wanted.map((address) => record(owner, type, { ttl, data: encodeAddress(address) })),
  ]
}

const pointerToQuestion = Buffer.from([0xc0, 0x0c])

function record(owner: Buffer, type: number, rest: { ttl: number; data: Buffer }): Buffer {
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(type, 0)
  fixed.writeUInt16BE(1, 2)
  fixed.writeUInt32BE(rest.ttl, 4)
  fixed.writeUInt16BE(rest.data.length, 8)
  return Buffer.concat([owner, fixed, rest.data])
}

function encodeName(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`))
  return Buffer.concat([...labels, Buffer.from([0])])
}

function encodeAddress(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail = ''] = address.split('::')
  const before = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return Buffer.from(
    [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''),
    'hex',
  )
}
