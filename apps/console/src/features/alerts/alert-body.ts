import type { AlertOut } from '@posthorn/contracts'
import { formText } from '../../lib/form-text.ts'

/** What the form says, as the api takes it. A target that stays as it is isn't sent: its secrets aren't here. */
export function alertBody(form: HTMLFormElement, before: AlertOut | undefined): object {
  const target = targetOf(form)
  const isKept = before?.target.kind === 'slack' && target.kind === 'slack' && target.url === ''
  const reminderSeconds = Number(formText(form, 'reminder'))
  return {
    name: formText(form, 'name'),
    condition: formText(form, 'condition'),
    threshold: Number(formText(form, 'threshold')),
    windowSeconds: Number(formText(form, 'window')),
    reminderSeconds: reminderSeconds === 0 ? null : reminderSeconds,
    ...(isKept ? {} : { target }),
  }
}

interface TargetBody {
  readonly kind: string
  readonly addresses?: readonly string[]
  readonly url?: string
  readonly secret?: string
}

function targetOf(form: HTMLFormElement): TargetBody {
  const kind = formText(form, 'kind')
  if (kind === 'email') return { kind, addresses: addressesOf(formText(form, 'addresses')) }
  const url = formText(form, 'url')
  const secret = kind === 'webhook' ? formText(form, 'secret') : ''
  return { kind, url, ...(secret === '' ? {} : { secret }) }
}

function addressesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== '')
}
