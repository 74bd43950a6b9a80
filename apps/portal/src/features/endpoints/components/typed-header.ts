import {
  HEADER_NAME,
  HEADER_VALUE,
  isForbiddenHeader,
  MAX_HEADER_VALUE_BYTES,
} from '@posthorn/contracts/header-rule'
import { t } from '../../../lib/text.ts'

/** What stands in the two fields of a header. */
export interface TypedHeader {
  readonly name: string
  readonly value: string
}

export const NO_HEADER: TypedHeader = { name: '', value: '' }

interface HeaderFaults {
  readonly name: string | undefined
  readonly value: string | undefined
}

export function headerFaults({ name, value }: TypedHeader): HeaderFaults {
  return { name: nameFault(name.trim(), value), value: valueFault(value) }
}

export function isFaultyHeader(typed: TypedHeader): boolean {
  const { name, value } = headerFaults(typed)
  return name !== undefined || value !== undefined
}

type Headers = Readonly<Record<string, string>>

/** Names that differ only by case are one header: what was typed last is sent. Without a name, nothing is. */
export function withHeader(headers: Headers, { name, value }: TypedHeader): Headers {
  const given = name.trim()
  return given === '' ? headers : { ...withoutHeader(headers, given), [given]: value }
}

export function withoutHeader(headers: Headers, name: string): Headers {
  const isOther = ([other]: [string, string]) => other.toLowerCase() !== name.toLowerCase()
  return Object.fromEntries(Object.entries(headers).filter(isOther))
}

function nameFault(name: string, value: string): string | undefined {
  if (name === '') return value === '' ? undefined : t('headers.fault.noName')
  if (!HEADER_NAME.test(name)) return t('headers.fault.name')
  return isForbiddenHeader(name) ? t('headers.fault.ours', { name }) : undefined
}

function valueFault(value: string): string | undefined {
  if (!HEADER_VALUE.test(value)) return t('headers.fault.ascii')
  return value.length > MAX_HEADER_VALUE_BYTES ? t('headers.fault.long') : undefined
}
