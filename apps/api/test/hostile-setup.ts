import { once } from 'node:events'
import { connect } from 'node:net'
import { type Sending, setupApi } from './api-setup.ts'

/** An api with one application, to which anything can be sent. */
export async function setupPublisher() {
  const bench = await setupApi()
  await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  return {
    ...bench,
    publish: (body: unknown, headers: Sending['headers'] = {}) =>
      bench.send('POST', '/app/one/msg', { body, headers }),
  }
}

export const message = (payload: string) => `{"eventType":"a.b","payload":${payload}}`

interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** What a raw socket gets back, whole. */
export async function raw(url: string, text: string): Promise<RawAnswer> {
  const [answer] = await rawInTurn(url, [text])
  return answer ?? { status: 0, head: '', body: '' }
}

/** All answers on one connection until it is closed, each text sent when the one before has an answer. */
export async function rawInTurn(url: string, texts: readonly string[]): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const closed = once(socket, 'close')
  let answers = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => (answers += chunk))
  for (const text of texts) {
    socket.write(text)
    if (text !== texts.at(-1)) await once(socket, 'data')
  }
  await closed
  return answers.split(/(?=HTTP\/1\.1 \d)/).map(toAnswer)
}

/** Leaves with a reset as soon as the text is on its way. */
export async function sendAndReset(url: string, text: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await new Promise<void>((resolve) => socket.write(text, () => resolve()))
  socket.resetAndDestroy()
  await once(socket, 'close')
}

function toAnswer(text: string): RawAnswer {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1] ?? 0), head, body }
}
