import { alexaScheme } from '../certificate/alexa-scheme.ts'
import type { Config } from '../config.ts'
import type { Provider } from '../provider.ts'
import type { Scheme } from '../scheme.ts'

const NO_YES = ['false', 'true'] as const

/** Its receiving, with what each verification type answers, is `receiveLosant` in core. */
export const losantProvider: Provider = {
  type: 'losant',
  name: 'Losant webhook',
  scheme: {
    kind: 'configured',
    describe: 'HTTP Basic when a name or password is set; Alexa as such; else nothing',
    choose: chooseScheme,
  },
  settings: [
    { name: 'description', label: 'Description' },
    {
      name: 'verificationType',
      label: 'Verification',
      choices: ['none', 'facebook', 'fitbit', 'twilio', 'alexa'],
    },
    { name: 'verificationCode', label: 'Verification code', secret: true },
    { name: 'responseCode', label: 'Response code (no verification; 200)' },
    { name: 'waitForReply', label: 'Wait for reply from workflow', choices: NO_YES },
    {
      name: 'replyFrom',
      label: 'Where the reply comes from',
      choices: ['api', 'endpoint'],
    },
    { name: 'basicAuthUsername', label: 'Basic auth username' },
    { name: 'basicAuthPassword', label: 'Basic auth password', secret: true },
    {
      name: 'castBuffersAs',
      label: 'Binary bodies and files as',
      choices: ['array', 'binary', 'utf8', 'base64', 'hex'],
    },
    { name: 'annotateMultipart', label: 'Names and types of uploaded files', choices: NO_YES },
  ],
  key: { label: 'None', field: 'none' },
  setUp: 'Give the sender {url}; its token is the secret part.',
  caveat: 'Without basic auth, whoever knows the URL can send.',
  known: 'documented',
}

function chooseScheme({
  basicAuthUsername = '',
  basicAuthPassword = '',
  verificationType,
}: Config): Scheme {
  if (basicAuthUsername === '' && basicAuthPassword === '')
    return verificationType === 'alexa' ? alexaScheme : { kind: 'unsigned' }
  return {
    kind: 'basic',
    usernameSetting: 'basicAuthUsername',
    passwordSetting: 'basicAuthPassword',
    blankPassword: true,
  }
}
