// How a signed request is put together, by the few shapes that providers use.
import { hash, mac, seconds, vector } from './vector-file.mjs'

export const source = 'computed from the description in the provider’s documentation'
export const secret = 'secret-of-the-source-0123456789'
export const hexSecret = '9f'.repeat(32)
export const base64Secret = Buffer.alloc(32, 0xa7).toString('base64')
export const s1 = (data, encoding = 'hex', key = secret) => mac(['sha1', key], data, encoding)
export const s256 = (data, encoding = 'hex', key = secret) => mac(['sha256', key], data, encoding)
export const s512 = (data, encoding = 'hex', key = secret) => mac(['sha512', key], data, encoding)
export const bodyHash = (body) => `sha256:${hash('sha256', body, 'hex')}`

/** Over the body alone: header, what stands before the signature, and how it is made. */
export function overBody([type, header], body, rest) {
  const { make = s256, before = '', headers = {}, key = secret, config, expect } = rest
  const signature = make(body)
  const all = { ...headers, [header]: before + signature }
  return vector(type, { source, secret: key, body, headers: all, signature, config, expect })
}

/** With a signed time in a header of its own. */
export function overTime([type, header], body, rest) {
  const { time, at, content, make = s256, before = '', headers = {}, key = secret } = rest
  const { config, expect } = rest
  const signature = make(content(time, body))
  const all = { ...headers, [at]: time, [header]: before + signature }
  return vector(type, {
    source,
    secret: key,
    body,
    headers: all,
    signature,
    timestamp: time,
    config,
    expect,
  })
}

/** With time and signature in one header. */
export function inOneHeader([type, header], body, rest) {
  const {
    time = seconds,
    content = (t, b) => `${t}.${b}`,
    make = s256,
    form,
    headers,
    expect,
  } = rest
  const signature = make(content(time, body))
  const all = { ...headers, [header]: form(time, signature) }
  return vector(type, { source, secret, body, headers: all, signature, timestamp: time, expect })
}

/** A secret that comes along as it is. */
export function asIs(type, rest) {
  const { key = secret, before = '', header, body = '{}', headers = {}, expect, ...more } = rest
  const all = header ? { ...headers, [header]: before + key } : headers
  return vector(type, { source, secret: key, body, headers: all, signature: key, expect, ...more })
}

export const tv1 = (t, sig) => `t=${t},v1=${sig}`
export const b64 = (make, key) => (data) => make(data, 'base64', key)
export const j = JSON.stringify
