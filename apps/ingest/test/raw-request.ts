import { once } from 'node:events'
import { connect } from 'node:net'

/** Status of what is written byte by byte; 0: closed without an answer. */
export async function rawStatus(url: string, text: string | Buffer): Promise<number> {
  return (await rawAnswer(url, text)).status
}

export async function rawAnswer(
  url: string,
  text: string | Buffer,
): Promise<{ readonly status: number; readonly body: string }> {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => undefined)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await once(socket, 'connect')
  socket.write(text)
  await closed
  const [head = '', body = ''] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n')
  return { status: Number(head.split(' ')[1] ?? 0), body }
}

/** The beginning of a POST, up to its own headers. */
export function postLines(url: string, headers: readonly string[]): string {
  const { pathname, host } = new URL(url)
  return [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n')
}
