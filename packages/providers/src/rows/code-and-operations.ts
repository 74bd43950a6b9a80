import type { Provider } from '../provider.ts'
import type { SecretPlaceScheme } from '../static/static-scheme.ts'
import { secretCalled } from './key-label.ts'
import { proofSetting, secretCaveat, signedOrSecret } from './signed-or-secret.ts'
import { standardScheme } from './standard-webhooks.ts'

const gitlabToken: SecretPlaceScheme = { kind: 'static', at: ['header X-Gitlab-Token'] }

/** Where code is kept, built, run and watched. */
export const codeAndOperationsProviders: readonly Provider[] = [
  {
    type: 'github',
    name: 'GitHub',
    scheme: { kind: 'signed', header: 'X-Hub-Signature-256', items: ['sha256={signature}'] },
    eventType: ['header X-GitHub-Event + json action'],
    deliveryId: ['header X-GitHub-Delivery'],
    jsonField: 'payload',
    key: { label: 'Webhook secret', field: 'secret', optional: true },
    setUp:
      'Repository or organisation → Settings → Webhooks → Add webhook: {url} as Payload URL, application/json, and a Secret that you paste here too.',
    known: 'documented',
  },
  {
    type: 'bitbucket',
    name: 'Bitbucket',
    scheme: { kind: 'signed', header: 'X-Hub-Signature', items: ['sha256={signature}'] },
    eventType: ['header X-Event-Key'],
    deliveryId: ['header X-Request-UUID', 'header X-Request-Id'],
    key: secretCalled('Webhook secret'),
    setUp: 'Repository settings → Webhooks → Add webhook: {url}, and a secret to paste here too.',
    known: 'documented',
  },
  {
    type: 'gitea',
    name: 'Gitea, Forgejo',
    scheme: { kind: 'signed', header: 'X-Gitea-Signature', content: '{field-or-body:payload}' },
    eventType: ['header X-Gitea-Event + json action'],
    deliveryId: ['header X-Gitea-Delivery'],
    jsonField: 'payload',
    key: secretCalled('Secret'),
    setUp:
      'Settings → Webhooks → Add webhook → Gitea: {url}, POST, application/json, and a secret.',
    known: 'documented',
  },
  {
    type: 'gogs',
    name: 'Gogs',
    scheme: { kind: 'signed', header: 'X-Gogs-Signature', content: '{field-or-body:payload}' },
    eventType: ['header X-Gogs-Event + json action'],
    deliveryId: ['header X-Gogs-Delivery'],
    jsonField: 'payload',
    key: secretCalled('Secret'),
    setUp: 'Settings → Webhooks → Add a new webhook: {url}, application/json, and a secret.',
    known: 'documented',
  },
  {
    type: 'gitlab',
    name: 'GitLab',
    scheme: {
      kind: 'configured',
      describe: 'X-Gitlab-Token equals the secret; with a whsec_ signing token, Standard Webhooks',
      secretAt: gitlabToken.at,
      choose: ({ signing }) => (signing === 'standard' ? standardScheme : gitlabToken),
    },
    eventType: ['json object_kind', 'json event_name', 'header X-Gitlab-Event'],
    // Events that a webhook sets off have the UUID of the event before them.
    deliveryId: ['header webhook-id', 'header Idempotency-Key', 'header X-Gitlab-Event-UUID'],
    settings: [
      {
        name: 'signing',
        label: 'Set there: a secret token, or a signing token (standard)',
        choices: ['token', 'standard'],
      },
    ],
    key: secretCalled('Secret token or signing token'),
    setUp:
      'Settings → Webhooks: {url}. Prefer a signing token (set signing to standard here) to a secret token.',
    caveat: 'A secret token proves the sender, not the content.',
    known: 'documented',
  },
  {
    type: 'jira',
    name: 'Jira',
    scheme: { kind: 'signed', header: 'X-Hub-Signature', items: ['sha256={signature}'] },
    eventType: ['json webhookEvent'],
    deliveryId: ['header X-Atlassian-Webhook-Identifier'],
    key: secretCalled('Secret'),
    setUp: 'Settings → System → WebHooks → Create: {url}, and a secret to paste here too.',
    known: 'documented',
  },
  {
    type: 'snyk',
    name: 'Snyk',
    scheme: { kind: 'signed', header: 'X-Hub-Signature', items: ['sha256={signature}'] },
    eventType: ['header X-Snyk-Event'],
    deliveryId: ['header X-Snyk-Transport-Id', 'hash body'],
    key: secretCalled('Secret'),
    setUp: 'Create the webhook through the API with {url} and a secret; paste it here.',
    known: 'documented',
  },
  {
    type: 'circleci',
    name: 'CircleCI',
    scheme: {
      kind: 'signed',
      header: 'circleci-signature',
      separator: ',',
      items: ['v1={signature}'],
    },
    eventType: ['json type', 'header circleci-event-type'],
    deliveryId: ['json id'],
    key: secretCalled('Secret token'),
    setUp: 'Project settings → Webhooks → Add webhook: {url} and a secret token.',
    known: 'documented',
  },
  {
    type: 'vercel',
    name: 'Vercel',
    scheme: { kind: 'signed', algorithm: 'hmac-sha1', header: 'x-vercel-signature' },
    eventType: ['json type'],
    deliveryId: ['json id'],
    key: secretCalled('Webhook secret'),
    setUp: 'Team settings → Webhooks: {url}; copy the secret that it shows once.',
    known: 'documented',
  },
  {
    type: 'linear',
    name: 'Linear',
    scheme: {
      kind: 'signed',
      header: 'Linear-Signature',
      timestamp: { json: 'webhookTimestamp', unit: 'ms', toleranceSeconds: 60 },
    },
    eventType: ['json type + json action'],
    deliveryId: ['header Linear-Delivery'],
    key: secretCalled('Signing secret'),
    setUp: 'Settings → API → Webhooks → New webhook: {url}; copy its signing secret.',
    known: 'documented',
  },
  {
    type: 'sentry',
    name: 'Sentry',
    scheme: { kind: 'signed', header: ['Sentry-Hook-Signature', 'Sentry-App-Signature'] },
    eventType: ['header Sentry-Hook-Resource + json action'],
    deliveryId: ['header Request-ID', 'hash body'],
    key: secretCalled('Client secret'),
    setUp: 'Settings → Custom integrations: {url} as Webhook URL; copy the client secret.',
    known: 'documented',
  },
  {
    type: 'pagerduty',
    name: 'PagerDuty',
    scheme: {
      kind: 'signed',
      header: 'X-PagerDuty-Signature',
      separator: ',',
      items: ['v1={signature}'],
    },
    eventType: ['json event.event_type'],
    deliveryId: ['json event.id'],
    key: secretCalled('Webhook subscription secret'),
    setUp: 'Integrations → Generic Webhooks (v3) → New webhook: {url}; copy the secret shown once.',
    known: 'documented',
  },
  {
    type: 'buildkite',
    name: 'Buildkite',
    scheme: signedOrSecret(
      {
        kind: 'signed',
        header: 'X-Buildkite-Signature',
        separator: ',',
        items: ['timestamp={timestamp}', 'signature={signature}'],
        content: '{timestamp}.{body}',
        timestamp: { unit: 's', toleranceSeconds: 300 },
      },
      { kind: 'static', at: ['header X-Buildkite-Token'] },
    ),
    eventType: ['json event', 'header X-Buildkite-Event'],
    deliveryId: ['header X-Buildkite-Request', 'hash body'],
    settings: [proofSetting],
    key: secretCalled('Webhook token'),
    setUp:
      'Settings → Notification services → Webhook: {url}, and “Send an HMAC signature in X-Buildkite-Signature”.',
    caveat: secretCaveat,
    known: 'documented',
  },
  {
    type: 'tailscale',
    name: 'Tailscale',
    scheme: {
      kind: 'signed',
      header: 'Tailscale-Webhook-Signature',
      separator: ',',
      items: ['t={timestamp}', 'v1={signature}'],
      content: '{timestamp}.{body}',
      timestamp: { unit: 's', toleranceSeconds: 300 },
    },
    eventType: ['json [].type'],
    deliveryId: ['hash body'],
    settings: [{ name: 'timestampGraceSeconds', label: 'Tolerance in seconds' }],
    key: secretCalled('Webhook secret'),
    setUp: 'Admin console → Settings → Webhooks → Add endpoint: {url}; copy the secret.',
    known: 'documented',
  },
  {
    type: 'netlify',
    name: 'Netlify',
    scheme: {
      kind: 'token',
      header: 'X-Webhook-Signature',
      algorithms: ['HS256'],
      keys: 'secrets',
      issuers: ['netlify'],
      hashes: [{ claim: 'sha256', of: 'body', encoding: 'hex' }],
      expires: 'unless-absent',
      leewaySeconds: 300,
    },
    eventType: ['header X-Netlify-Event', 'json state'],
    deliveryId: ['hash body'],
    key: secretCalled('JWS secret token'),
    setUp:
      'Project configuration → Notifications → HTTP POST request: {url} and a JWS secret token.',
    caveat: 'The signature has no time, so only de-duplication guards against a replay.',
    known: 'documented',
  },
  {
    type: 'grafana',
    name: 'Grafana Alerting',
    scheme: {
      kind: 'configured',
      describe:
        'X-Grafana-Alerting-Signature (or signatureHeader), hex over {body}, or over {timestamp}:{body} with timestampHeader',
      choose: (config) => grafanaScheme(config.signatureHeader, config.timestampHeader),
    },
    eventType: ['json status'],
    deliveryId: ['hash body'],
    settings: [
      { name: 'signatureHeader', label: 'Signature header, when changed there' },
      { name: 'timestampHeader', label: 'Timestamp header, when set there' },
    ],
    key: secretCalled('HMAC secret'),
    setUp:
      'Alerting → Contact points → Webhook: {url}, HMAC signature with a secret and a timestamp header.',
    known: 'documented',
  },
  {
    type: 'heroku',
    name: 'Heroku',
    scheme: { kind: 'signed', encoding: 'base64', header: 'Heroku-Webhook-Hmac-SHA256' },
    eventType: ['json webhook_metadata.event.include', 'json resource + json action'],
    deliveryId: ['json webhook_metadata.delivery.id', 'json id'],
    key: secretCalled('Webhook secret'),
    setUp: 'heroku webhooks:add … -u {url} -s <secret>; paste the secret here.',
    known: 'documented',
  },
  {
    type: 'launchdarkly',
    name: 'LaunchDarkly',
    scheme: { kind: 'signed', header: 'X-LD-Signature' },
    eventType: ['json kind'],
    deliveryId: ['json _id'],
    key: secretCalled('Webhook secret'),
    setUp: 'Integrations → Webhooks → Add: {url}, and tick “Sign this webhook”.',
    known: 'documented',
  },
  {
    type: 'tfc',
    name: 'HCP Terraform',
    scheme: { kind: 'signed', algorithm: 'hmac-sha512', header: 'X-TFE-Notification-Signature' },
    eventType: ['json notifications[].trigger'],
    deliveryId: ['hash body'],
    key: secretCalled('Token'),
    setUp: 'Workspace → Settings → Notifications → Webhook: {url} and a token.',
    known: 'documented',
  },
]

function grafanaScheme(header: unknown, timestampHeader: unknown) {
  const scheme = {
    kind: 'signed',
    header: typeof header === 'string' && header !== '' ? header : 'X-Grafana-Alerting-Signature',
  } as const
  if (typeof timestampHeader !== 'string' || timestampHeader === '') return scheme
  return {
    ...scheme,
    content: '{timestamp}:{body}',
    timestamp: { header: timestampHeader, unit: 's', toleranceSeconds: 300 },
  } as const
}
