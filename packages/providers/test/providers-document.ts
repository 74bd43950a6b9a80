import {
  describeScheme,
  type Place,
  type Provider,
  providers,
  vendorDocument,
} from '../src/index.ts'
import { vectors } from './vector.ts'

const introduction = `# Providers

Whose webhooks a source can receive, and what proves that one of them sent it. This page is made from the
rows in \`packages/providers/src/rows\` by \`node packages/providers/scripts/write-document.mjs\`; a test
keeps the two equal.

- **Proof**: the header with the signature and its form, the algorithm, and what is signed: \`{body}\` is the
  raw bytes, \`{url}\` the configured public URL with path and query as received. Times are refused both when
  too old and when from the future. Every live secret of a source is tried.
- **Event type**, **delivery id**: the first place that has it. \`[]\` is every item of a batch (a type is its
  first item's, an id all of theirs), \`hash body\` the SHA-256 of the body, where there is no id.
- **Vector**: how the row is tested. *vendor*: a request that the vendor published or that its own library
  signs. *computed*: by the scripts in \`packages/providers/scripts\`, which share no code with the verifier.
- **Known**: *documented* by the vendor, *reported* by others' code, or *unconfirmed*: neither was seen. Linked:
  the vendor's own page or code, looked up again in November 2026.
- † has a caveat: see the last section.
`

const header = [
  '| type | name | proof | event type | delivery id | handshake | vector | known |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
]

/** The whole of docs/providers.md. */
export function providersDocument(): string {
  const caveats = providers.flatMap(({ type, caveat }) =>
    caveat ? [`- \`${type}\`: ${caveat}`] : [],
  )
  return [
    introduction,
    ...header,
    ...providers.map(row),
    '',
    '## What a proof does not cover',
    '',
    ...caveats,
    '',
  ].join('\n')
}

function row(provider: Provider): string {
  const { type, name, scheme, eventType, deliveryId, handshake, known, caveat } = provider
  const cells = [
    `\`${type}\`${caveat ? ' †' : ''}`,
    name,
    describeScheme(scheme),
    places(eventType),
    places(deliveryId),
    handshake ?? '–',
    originOf(type),
    knownBy(type, known),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function knownBy(type: string, known: Provider['known']): string {
  const address = vendorDocument(type)
  return address === null ? known : `[${known}](${address})`
}

function places(all: readonly Place[] = []): string {
  return all.length === 0 ? '–' : all.join(', else ')
}

function originOf(type: string): string {
  const origins = vectors.filter((vector) => vector.type === type).map(({ origin }) => origin)
  if (origins.includes('vendor')) return 'vendor'
  return origins.length > 0 ? 'computed' : '–'
}
