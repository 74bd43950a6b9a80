import type { Vault } from '../vault.ts'

/** Where a rule's news goes. Sealed as a whole: a Slack URL is a secret itself. */
export type AlertTarget =
  | { readonly kind: 'email'; readonly addresses: readonly string[] }
  | { readonly kind: 'slack'; readonly url: string; readonly authorization?: string }
  | {
      readonly kind: 'webhook'
      readonly url: string
      readonly secret: string
      readonly authorization?: string
    }

export function sealTarget(
  { vault }: { readonly vault: Vault },
  target: AlertTarget,
): Uint8Array<ArrayBuffer> {
  return vault.seal(JSON.stringify(target))
}

// Sound because nothing but `sealTarget` writes the column, and the vault proves that it did.
export function openTarget({ vault }: { readonly vault: Vault }, sealed: Uint8Array): AlertTarget {
  return JSON.parse(vault.open(sealed)) as AlertTarget
}

/** A target without what is secret of it: for answers, the audit record and logs. */
export type ShownTarget =
  | { readonly kind: 'email'; readonly addresses: readonly string[] }
  | { readonly kind: 'slack' | 'webhook'; readonly url: string }

export function showTarget(target: AlertTarget): ShownTarget {
  if (target.kind === 'email') return { kind: 'email', addresses: target.addresses }
  const { kind, url } = target
  return { kind, url: kind === 'slack' ? maskedUrl(url) : url }
}

const SHOWN_END = 4
/** Of a shorter path its end would be much of the secret. */
const LONG = 32

function maskedUrl(url: string): string {
  const { origin } = new URL(url)
  const end = url.length - origin.length < LONG ? '' : url.slice(-SHOWN_END)
  return `${origin}/…${end}`
}
