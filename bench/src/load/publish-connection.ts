import { connect, type Socket } from 'node:net'

export type PublishAnswer = { status: number; body: string }
type OnAnswer = (answer: PublishAnswer) => void

/** One keep-alive connection with at most one request open. Reads just enough HTTP for our own answers. */
export class PublishConnection {
  readonly #port: number
  #socket: Socket | null = null
  #received = ''
  #onAnswer: OnAnswer | null = null

  constructor(port: number) {
    this.#port = port
  }

  send(request: string, onAnswer: OnAnswer): void {
    this.#onAnswer = onAnswer
    this.#socket ??= this.#open()
    this.#socket.write(request, 'latin1')
  }

  close(): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#read(text))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#lose(socket))
    return socket
  }

  #lose(socket: Socket): void {
    if (this.#socket !== socket) return
    this.#socket = null
    this.#settle({ status: 0, body: '' })
  }

  #read(text: string): void {
    this.#received += text
    const answer = parseAnswer(this.#received)
    if (answer !== null) this.#settle(answer)
  }

  #settle(answer: PublishAnswer): void {
    const onAnswer = this.#onAnswer
    this.#received = ''
    this.#onAnswer = null
    onAnswer?.(answer)
  }
}

function parseAnswer(text: string): PublishAnswer | null {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const head = text.slice(0, headEnd)
  const body = text.slice(headEnd + 4)
  return isComplete(head, body) ? { status: Number(head.slice(9, 12)), body } : null
}

function isComplete(head: string, body: string): boolean {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length !== null) return body.length >= Number(length[1])
  return /\r\ntransfer-encoding: *chunked/i.test(head) ? body.endsWith('0\r\n\r\n') : true
}
