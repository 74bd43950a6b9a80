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

/** What a raw socket gets back, whole. */
export function raw(
  url: string,
  text: string,
): Promise<{ status: number; head: string; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    head: string
    body: string
  }>()
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname, () => socket.write(text))
  let answer = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => (answer += chunk))
  socket.on('error', reject)
  socket.on('close', () => {
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    resolve({ status: Number(head.split(' ')[1]), head, body })
  })
  return promise
}
