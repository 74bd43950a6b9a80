import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const IDLE_SECONDS = [6, 30, 59]

describe('a connection left idle as a load balancer leaves it', () => {
  it.each(IDLE_SECONDS)('still takes a publish after %i s', async (seconds) => {
    const { send, token, url } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname).setEncoding('latin1')
    await once(socket, 'connect')
    const body = '{"eventType":"a.b","payload":{}}'
    const head = `POST /api/v1/app/one/msg HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`
    const publish = async (): Promise<string> => {
      socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`)
      const [answer] = await once(socket, 'data')
      return String(answer)
    }
    expect(await publish()).toMatch(/^HTTP\/1\.1 202 /)
    await wait(seconds * 1000)
    expect(await publish()).toMatch(/^HTTP\/1\.1 202 /)
    socket.destroy()
  })
})
