import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface CertificateOptions {
  commonName: string
  /** The signer; itself by default. */
  issuer?: Certificate
  dnsNames?: readonly string[]
  ipAddresses?: readonly string[]
  notBefore?: Date
  notAfter?: Date
}

export interface Certificate {
  commonName: string
  privateKey: KeyObject
  /** PEM, as servers and clients take them. */
  cert: string
  key: string
}

const dayMs = 86_400_000
const oids = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
}

/** Makes an X.509 certificate (RFC 5280), so that tests need neither openssl nor keys in the repository. */
export function makeCertificate(options: CertificateOptions): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuerKey = options.issuer?.privateKey ?? privateKey
  const algorithm = sequence(oid(oids.ecdsaWithSha256))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name(options.issuer?.commonName ?? options.commonName),
    sequence(
      time(options.notBefore ?? new Date(Date.now() - dayMs)),
      time(options.notAfter ?? new Date(Date.now() + dayMs)),
    ),
    name(options.commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(options))),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, issuerKey))
  const base64 = sequence(body, algorithm, signature).toString('base64')
  return {
    commonName: options.commonName,
    privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

// Whatever names no host is an authority.
function extensions({ dnsNames = [], ipAddresses = [] }: CertificateOptions): Buffer[] {
  const names = [
    ...dnsNames.map((dnsName) => der(0x82, Buffer.from(dnsName))),
    ...ipAddresses.map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))),
  ]
  if (names.length > 0) return [sequence(oid(oids.subjectAltName), der(0x04, sequence(...names)))]
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])))
  return [
    sequence(oid(oids.basicConstraints), der(0x01, Buffer.from([0xff])), der(0x04, isAuthority)),
  ]
}

function name(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid(oids.commonName), der(0x0c, Buffer.from(commonName)))))
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x18, Buffer.from(digits))
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function sequence(...contents: Buffer[]): Buffer {
  return der(0x30, ...contents)
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const head = Buffer.from([tag, 0x82, length >> 8, length & 0xff])
  return Buffer.concat([head, content])
}
