import {
  choose,
  copySecret,
  makeSecret,
  note,
  open,
  pasteUrl,
  press,
  type SetUpStep,
} from './set-up-step.ts'

const EVENTS = 'those that you want'

/** Money, documents, parcels and people. */
export const businessGuides: Readonly<Record<string, readonly SetUpStep[]>> = {
  stripe: [
    open('Stripe Dashboard → Developers → Webhooks'),
    press('Add destination'),
    choose('Events', EVENTS),
    choose('Destination type', 'Webhook endpoint'),
    pasteUrl('Endpoint URL'),
    press('Create destination'),
    copySecret('Signing secret (whsec_…): Reveal'),
  ],
  airwallex: [
    open('Airwallex → Developer → Webhooks'),
    press('Add webhook'),
    pasteUrl('Notification URL'),
    choose('Events', EVENTS),
    press('Save'),
    copySecret('Secret key of that webhook'),
  ],
  checkbook: [
    open('Checkbook → Settings → Developer'),
    pasteUrl('Webhook URL'),
    press('Save'),
    copySecret('Webhooks key of the same environment'),
  ],
  'adobe-sign': [
    open('Acrobat Sign → Account → Acrobat Sign API → API Applications → your application'),
    copySecret('Application ID (client id)'),
    open('Account → Webhooks'),
    press('+'),
    pasteUrl('URL'),
    choose('Events', EVENTS),
    press('Save'),
    note('Adobe asks the URL for the client id first: save the source before.'),
  ],
  docusign: [
    open('DocuSign → Settings → Connect → Connect Keys'),
    press('Add Secret Key'),
    copySecret('the key, shown once'),
    open('Settings → Connect → Add Configuration → Custom'),
    pasteUrl('URL to Publish'),
    choose('Data format', 'JSON'),
    choose('Include HMAC Signature', 'On'),
    press('Add Configuration'),
  ],
  'panda-doc': [
    open('PandaDoc → Settings → Integrations → Webhooks'),
    press('Create Webhook'),
    pasteUrl('Endpoint URL'),
    choose('Events', EVENTS),
    press('Save'),
    copySecret('Shared key'),
  ],
  easypost: [
    open('EasyPost → Account Settings → Webhooks & Events'),
    press('Add Webhook'),
    pasteUrl('URL'),
    makeSecret('Webhook secret'),
    press('Create'),
  ],
  veriff: [
    open('Veriff Station → your integration → Settings'),
    pasteUrl('Webhook decisions URL (and Webhook events URL)'),
    press('Save'),
    copySecret('Shared secret key, beside the API key'),
  ],
  'orum-io': [
    open('Orum Monitor → Developer Tools → Webhooks → Create Webhook'),
    pasteUrl('Webhook URL'),
    press('Create Webhook'),
    copySecret('Secret: the public key, which GET webhooks/secret of the API answers too'),
  ],
  vgs: [
    open('VGS Dashboard → your vault → Webhooks'),
    pasteUrl('URL'),
    copySecret('Secret'),
    note('How VGS signs is not published: everything is refused unless the source takes all.'),
  ],
}
