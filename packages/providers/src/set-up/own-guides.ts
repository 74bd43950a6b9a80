import {
  choose,
  copySecret,
  copySetting,
  makeSecret,
  makeSetting,
  note,
  open,
  pasteUrl,
  press,
  run,
  type SetUpStep,
} from './set-up-step.ts'

/** What has no vendor, and the pages of those whose webhooks two other systems receive. */
export const ownGuides: Readonly<Record<string, readonly SetUpStep[]>> = {
  generic: [
    note(
      'Find in the sender’s documentation which header carries the signature, and what is signed.',
    ),
    open('the webhook settings of the sender'),
    pasteUrl('the URL of the webhook'),
    copySecret('the secret or public key that it signs with'),
    note('Describe below how it signs: a request that doesn’t fit is quarantined, not lost.'),
  ],
  'generic-webhook': [
    open('the webhook settings of the sender'),
    pasteUrl('the URL of the webhook'),
    note('Nothing is verified: keep the URL as you would a password.'),
  ],
  cron: [note('Nothing is to be set up elsewhere: it publishes by the schedule below.')],
  standard: [
    open('the webhook settings of the sender'),
    pasteUrl('the URL of the endpoint'),
    copySecret('the signing secret (whsec_…) or public key (whpk_…)'),
  ],
  losant: [
    makeSetting('basicAuthUsername', 'the user name that the sender logs in with, if it can'),
    makeSetting('basicAuthPassword', 'its password'),
    open('the webhook settings of the sender'),
    pasteUrl('the URL of the webhook'),
  ],
  alexa: [
    open('Alexa developer console → your skill → Endpoint'),
    choose('Service Endpoint Type', 'HTTPS'),
    pasteUrl('Default Region'),
    choose('SSL certificate type', 'the one that fits your host’s certificate'),
    press('Save'),
    copySetting('applicationId', 'Your Skill ID'),
  ],
  facebook: [
    open('developers.facebook.com → your app → App settings → Basic'),
    copySecret('App secret'),
    makeSetting('verifyToken', 'Verify token'),
    open('your app → Webhooks → the object that you want → Subscribe to this object'),
    pasteUrl('Callback URL'),
    press('Verify and save'),
    note('Then subscribe to each field that you want.'),
  ],
  fitbit: [
    open('dev.fitbit.com → Manage → Register an app → your app'),
    copySecret('Client Secret'),
    open('Add a subscriber'),
    pasteUrl('Endpoint URL'),
    choose('Type', 'JSON Body'),
    press('Save'),
    copySetting('verificationCode', 'the verification code of the subscriber'),
    press('Verify'),
  ],
  twilio: [
    open('Twilio Console → Account Info'),
    copySecret('Auth Token'),
    open('Phone Numbers → Manage → Active numbers → your number'),
    pasteUrl('A message comes in (or A call comes in): URL'),
    choose('HTTP', 'POST'),
    press('Save configuration'),
    note('Twilio signs the URL too: enter it exactly, without anything behind it.'),
  ],
  'aws-sns': [
    open('Amazon SNS → Topics → your topic'),
    copySetting('topicArn', 'ARN'),
    press('Create subscription'),
    choose('Protocol', 'HTTPS'),
    pasteUrl('Endpoint'),
    press('Create subscription'),
    note('The subscription is confirmed by itself as soon as AWS asks for it.'),
  ],
  cloudevents: [
    makeSecret('the access token of the sender (Authorization: Bearer)'),
    open('the webhook settings of the sender'),
    pasteUrl('the URL of the sink'),
    note('It may ask by OPTIONS whether the URL wants events: that is answered here.'),
  ],
  'microsoft-graph': [
    makeSecret('clientState, 1 to 128 characters'),
    run(
      'POST https://graph.microsoft.com/v1.0/subscriptions {"changeType": "created", "notificationUrl": "{url}", "resource": "…", "expirationDateTime": "…", "clientState": "…"}',
    ),
    note(
      'Graph asks the URL for a validation token first: that is answered here. Renew the subscription before it expires.',
    ),
  ],
}
