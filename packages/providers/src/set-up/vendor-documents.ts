/** Where the provider itself says how it signs or where its webhooks are set up, as read in November 2026. */
const documents = new Map(
  Object.entries({
    acuity: 'https://github.com/AcuityScheduling/acuity-js/blob/master/src/index.js',
    'adyen-payments': 'https://docs.adyen.com/development-resources/webhooks/configure-and-manage',
    'adyen-platform': 'https://docs.adyen.com/development-resources/webhooks/configure-and-manage',
    airtable: 'https://airtable.com/developers/web/api/webhooks-overview',
    attio: 'https://docs.attio.com/rest-api/how-to/webhooks',
    auth0: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
    'authorize-net': 'https://developer.authorize.net/api/reference/features/webhooks.html',
    bitbucket: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
    calendly: 'https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures',
    chatwoot:
      'https://github.com/chatwoot/chatwoot/blob/develop/swagger/definitions/resource/webhook.yml',
    checkout: 'https://checkout.com/docs/workflows/set-up-your-webhook-receiver',
    clickup: 'https://developer.clickup.com/docs/webhooksignature',
    close: 'https://developer.close.com/topics/webhooks/',
    'coinbase-cdp': 'https://docs.cdp.coinbase.com/webhooks/payment-acceptance/verification',
    commercelayer: 'https://docs.commercelayer.io/core/callbacks-security',
    customerio: 'https://docs.customer.io/integrations/api/webhooks',
    daily: 'https://docs.daily.co/reference/rest-api/webhooks',
    discord: 'https://docs.discord.com/developers/events/webhook-events',
    docusign: 'https://developers.docusign.com/platform/webhooks/connect/setting-up-hmac',
    'dropbox-sign':
      'https://github.com/hellosign/dropbox-sign-node/blob/main/examples/EventCallbackExample.ts',
    dwolla: 'https://github.com/Dwolla/webhook-receiver/blob/main/src/handlers/webhook.ts',
    elevenlabs: 'https://github.com/elevenlabs/elevenlabs-js/blob/main/src/wrapper/webhooks.ts',
    facebook: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started/',
    fastspring:
      'https://github.com/FastSpring/fastspring-fsBuilds-examples/blob/main/fsbuilds-managed-subscriptions/enterprise-backend/server/webhooks.js',
    fitbit: 'https://dev.fitbit.com/build/reference/web-api/developer-guide/using-subscriptions/',
    front: 'https://dev.frontapp.com/docs/application-webhooks',
    fusionauth: 'https://fusionauth.io/docs/extend/events-and-webhooks/signing',
    gitea: 'https://github.com/go-gitea/gitea/blob/main/services/webhook/deliver.go',
    github: 'https://docs.github.com/en/webhooks/using-webhooks/creating-webhooks',
    gitlab: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
    gogs: 'https://github.com/gogs/gogs/blob/main/internal/database/webhook.go',
    'google-calendar': 'https://developers.google.com/workspace/calendar/api/guides/push',
    'google-drive': 'https://developers.google.com/workspace/drive/api/guides/push',
    heroku: 'https://devcenter.heroku.com/articles/app-webhooks',
    hubspot: 'https://developers.hubspot.com/docs/api-reference/latest/webhooks/guide',
    huggingface: 'https://github.com/huggingface/hub-docs/blob/main/docs/hub/webhooks.md',
    intercom: 'https://developers.intercom.com/docs/webhooks/setting-up-webhooks',
    jira: 'https://confluence.atlassian.com/adminjiraserver/managing-webhooks-938846912.html',
    'lemon-squeezy':
      'https://github.com/lmsqueezy/nextjs-billing/blob/main/src/app/api/webhook/route.ts',
    linear: 'https://linear.app/developers/webhooks',
    mailersend: 'https://github.com/mailersend/mailersend-nodejs#verify-a-webhook-signature',
    mailgun:
      'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    mandrill:
      'https://mandrill.zendesk.com/hc/en-us/articles/360039232513-How-to-Authenticate-Webhook-Requests',
    meta: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint',
    'modern-treasury':
      'https://github.com/Modern-Treasury/modern-treasury-node/blob/main/src/resources/webhooks.ts',
    msteams:
      'https://github.com/MicrosoftDocs/msteams-docs/blob/main/msteams-platform/webhooks-and-connectors/how-to/add-outgoing-webhook.md',
    netlify: 'https://docs.netlify.com/site-deploys/notifications',
    notion: 'https://developers.notion.com/reference/webhooks',
    nylas: 'https://developer.nylas.com/docs/v3/notifications/webhooks/',
    okta: 'https://developer.okta.com/docs/guides/event-hook-implementation/nodejs/main/',
    onfleet: 'https://docs.onfleet.com/reference/secrets',
    openclaw: 'https://github.com/openclaw/openclaw/blob/main/src/gateway/server-cron.ts',
    'orum-io': 'https://docs.orum.io/api-reference/webhooks/secure-webhooks',
    'panda-doc': 'https://developers.pandadoc.com/docs/webhooks',
    paypal: 'https://developer.paypal.com/api/rest/webhooks',
    paystack:
      'https://github.com/PaystackOSS/doc-code-snippets/tree/main/src/doc/payments/webhooks',
    plaid: 'https://plaid.com/docs/api/webhooks/webhook-verification/',
    postmark: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
    ramp: 'https://docs.ramp.com/developer-api/v1/webhooks',
    retell: 'https://github.com/RetellAI/retell-typescript-sdk/blob/main/src/lib/webhook_auth.ts',
    revenuecat:
      'https://www.revenuecat.com/docs/integrations/webhooks#webhook-signature-verification-hmac',
    savvycal: 'https://savvycal.com/docs/api/webhooks',
    sendgrid:
      'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
    sentry: 'https://docs.sentry.io/integrations/integration-platform/webhooks/',
    shopify: 'https://shopify.dev/docs/apps/build/webhooks/subscribe',
    sinch:
      'https://github.com/sinch/sinch-sdk-node/blob/main/packages/sdk-client/src/utils/authorization.helper.ts',
    slack: 'https://docs.slack.dev/apis/events-api/using-http-request-urls',
    snyk: 'https://github.com/snyk/user-docs/blob/main/docs/snyk-api/snyk-webhooks/validation-and-versioning-of-payloads.md',
    square: 'https://developer.squareup.com/docs/webhooks/step2subscribe',
    strava: 'https://developers.strava.com/docs/webhooks/',
    stripe: 'https://docs.stripe.com/workbench/event-destinations',
    surveymonkey:
      'https://github.com/SurveyMonkey/public_api_docs/blob/master/includes/_webhooks.md',
    tally: 'https://tally.so/help/webhooks',
    telegram: 'https://core.telegram.org/bots/api#setwebhook',
    telnyx: 'https://support.telnyx.com/en/articles/8370064-update-webhook-sign-key-guide',
    trello: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks',
    twilio: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security',
    typeform: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
    vapi: 'https://docs.vapi.ai/server-url/server-authentication',
    vercel: 'https://vercel.com/docs/webhooks',
    veriff: 'https://devdocs.veriff.com/docs/hmac-authentication-and-endpoint-security',
    vgs: 'https://docs.verygoodsecurity.com/enterprise-platform/developer-resources/webhook-notifications',
    vonage:
      'https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks',
    webex: 'https://github.com/webex/webex-node-bot-framework/blob/master/lib/webhook.js',
    webflow: 'https://developers.webflow.com/data/v1.0.0/docs/verifying-webhook-signatures',
    whereby: 'https://docs.whereby.com/whereby-product-features/insights-suite-and-api/webhooks',
    wise: 'https://docs.wise.com/guides/developer/webhooks/event-handling',
    woocommerce: 'https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/',
    worldpay: 'https://developer.worldpay.com/products/events/signature',
    zendesk: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
    zoom: 'https://developers.zoom.us/docs/api/webhooks',
  }),
)

/** Null: none was found, or none that says more than the guide. */
export function vendorDocument(type: string): string | null {
  return documents.get(type) ?? null
}
