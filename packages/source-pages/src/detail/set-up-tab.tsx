import type { SourceOut, SourceTypeOut } from '@posthorn/contracts/ingest'
import { useSourceType } from '../api/source-queries.ts'
import { Caveat } from '../parts/caveat.tsx'
import { useMadeSecrets } from '../parts/made-secrets.tsx'
import { SetUpSteps } from '../set-up/set-up-steps.tsx'
import { VendorDocument } from '../set-up/vendor-document.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { FirstRequest } from './first-request.tsx'
import { LateForm } from './late-form.tsx'
import { LearnedSecret } from './learned-secret.tsx'
import { SecretForm } from './secret-form.tsx'

export function SetUpTab({ source }: { readonly source: SourceOut }) {
  const { QueryView } = useHost()
  const query = useSourceType(source.type)
  return (
    <div className="stack source-narrow">
      <FirstRequest sourceId={source.id} />
      <QueryView query={query}>
        {(type) => (
          <>
            <Steps source={source} type={type} />
            <Secret source={source} type={type} />
            <LateForm source={source} type={type} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly source: SourceOut
  readonly type: SourceTypeOut
}

function Steps({ source, type }: PartProps) {
  const made = useMadeSecrets()
  const url = type.isSchedule ? null : source.ingestUrl
  return (
    <section className="card stack stack-small" aria-label={t('setUp.title')}>
      <h2>{t('setUp.at', { name: type.name })}</h2>
      <p className="soft small">
        {t('setUp.proof')} {type.proof}
      </p>
      <SetUpSteps
        steps={type.steps}
        url={url}
        secret={made.of(source.id)}
        learned={<LearnedSecret source={source} />}
      />
      <VendorDocument type={type} />
      <Caveat type={type} />
    </section>
  )
}

/** Where the secret has its place, until there is one. */
function Secret({ source, type }: PartProps) {
  const { may } = useHost()
  const isOfUse = type.key.field !== 'none' && type.known !== 'unconfirmed'
  const isNeeded = source.secrets === 0 && isOfUse
  if (!isNeeded || source.options.noVerification || !may.manage) return null
  if (type.learnsSecret) return <p className="soft">{t('secret.learned')}</p>
  return <SecretForm source={source} type={type} />
}
