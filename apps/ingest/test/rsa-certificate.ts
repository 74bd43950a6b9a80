import { generateKeyPairSync, sign } from 'node:crypto'

const DAY_MS = 86_400_000
// sha256WithRSAEncryption, and commonName=test, in DER.
const ALGORITHM = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
const NAME = Buffer.from('300f310d300b06035504030c0474657374', 'hex')

// basicConstraints with cA, and the identifier of subjectAltName.
const AUTHORITY = Buffer.from('300f0603551d130101ff040530030101ff', 'hex')
const ALT_NAME = Buffer.from('0603551d11', 'hex')

/** A certificate that an RSA key made for itself and this host, valid today; as a root it vouches for itself. */
export function makeRsaCertificate(host = 'test') {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const nowMs = Date.now()
  const validity = der(0x30, time(nowMs - DAY_MS), time(nowMs + DAY_MS))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const version3 = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.from([1]))
  const names = der(0x30, ALT_NAME, der(0x04, der(0x30, der(0x82, Buffer.from(host)))))
  const rest = der(0xa3, der(0x30, AUTHORITY, names))
  const body = der(0x30, version3, serial, ALGORITHM, NAME, validity, NAME, spki, rest)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const base64 = der(0x30, body, ALGORITHM, signature).toString('base64')
  const lines = base64.replaceAll(/.{64}/g, '$&\n')
  return { privateKey, pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` }
}

function time(ms: number): Buffer {
  return der(0x18, Buffer.from(new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')))
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const header = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(header), content])
}
