import {
  choose,
  copySecret,
  EVENTS,
  makeSecret,
  note,
  open,
  pasteUrl,
  press,
  run,
  type SetUpStep,
} from './set-up-step.ts'

/** Code, tickets, forms and appointments, and who logs in where. */
export const workGuides: Readonly<Record<string, readonly SetUpStep[]>> = {
  gitlab: [
    open('your project or group → Settings → Webhooks'),
    press('Add new webhook'),
    pasteUrl('URL'),
    makeSecret('Secret token'),
    choose('Trigger', EVENTS),
    press('Add webhook'),
    note(
      'A signing token (whsec_…) proves the content too: enter it there and here instead of the secret token, and set “signing” of the source to standard.',
    ),
  ],
  bitbucket: [
    open('your repository → Repository settings → Webhooks'),
    press('Add webhook'),
    pasteUrl('URL'),
    makeSecret('Secret'),
    choose('Triggers', EVENTS),
    press('Save'),
  ],
  linear: [
    open('Linear → Settings → API → Webhooks'),
    press('New webhook'),
    pasteUrl('URL'),
    choose('Resource types', EVENTS),
    press('Create webhook'),
    copySecret('Signing secret, on the page of that webhook'),
  ],
  okta: [
    open('Okta Admin Console → Workflow → Event Hooks'),
    press('Create Event Hook'),
    pasteUrl('URL'),
    choose('Authentication field', 'Authorization'),
    makeSecret('Authentication secret'),
    choose('Requests: the event types', EVENTS),
    press('Save & Continue'),
    press('Verify'),
    note('Okta asks the URL once before it sends: that is answered here.'),
  ],
  auth0: [
    open('Auth0 Dashboard → Monitoring → Streams'),
    press('Create Stream'),
    choose('Type', 'Custom Webhook'),
    pasteUrl('Payload URL'),
    makeSecret('Authorization Token'),
    choose('Content Type', 'application/json'),
    choose('Content Format', 'JSON Array'),
    press('Save'),
  ],
  typeform: [
    open('Typeform → your form → Connect → Webhooks'),
    press('Add a webhook'),
    pasteUrl('Endpoint'),
    press('Save webhook'),
    note('Then edit that webhook.'),
    makeSecret('Secret'),
    press('Save changes'),
    note('Typeform adds webhooks switched off: switch it on.'),
  ],
  calendly: [
    makeSecret('signing_key of the call below'),
    run(
      'POST https://api.calendly.com/webhook_subscriptions {"url": "{url}", "events": ["invitee.created", "…"], "organization": "…", "scope": "organization", "signing_key": "…"}',
    ),
    note(
      'There is no page for it. For an OAuth app Calendly makes up the signing key: paste that one here instead.',
    ),
  ],
}
