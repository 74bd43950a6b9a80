import type { EndpointSignatureCheckOut } from '@posthorn/contracts'
import { formatSpan, formatTime, Notice } from '@posthorn/ui'
import { roundedSeconds } from '../../../lib/rounded-seconds.ts'
import { t } from '../../../lib/text.ts'

/** What the server made of a signature, and what to do about it. */
export function SignatureAnswer({ answer }: { readonly answer: EndpointSignatureCheckOut }) {
  const { verdict, secrets, clock } = answer
  return (
    <Notice
      tone={verdict === 'matches' ? 'good' : 'warn'}
      title={t(`signature.verdict.${verdict}`)}
    >
      <p>{t(`signature.verdict.${verdict}.text`)}</p>
      {secrets.map((secret) => (
        <p key={secret.fingerprint}>{secretText(secret, verdict)}</p>
      ))}
      {clock !== null && (
        <p className={clock.verdict === 'in_time' ? 'soft' : undefined}>
          {t(`signature.clock.${clock.verdict}`, {
            time: formatSpan(roundedSeconds(Math.abs(clock.ageSeconds))),
          })}
        </p>
      )}
    </Notice>
  )
}

type Secret = EndpointSignatureCheckOut['secrets'][number]

function secretText({ fingerprint, expiresAt }: Secret, verdict: string): string {
  if (expiresAt === null) return t('signature.by.current', { fingerprint })
  const until = formatTime(expiresAt)
  return t(verdict === 'ended_secret' ? 'signature.by.ended' : 'signature.by.former', {
    fingerprint,
    until,
  })
}
