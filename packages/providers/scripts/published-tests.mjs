// Vectors in the tests of vendors' own libraries.
import { hash, vector } from './vector-file.mjs'

const pagerdutyBody =
  '{"event":{"id":"01BWDWL3NYY7LUFPZCC28QUCMK","event_type":"incident.priority_updated","resource_type":"incident","occurred_at":"2021-04-26T17:36:27.458Z","agent":{"html_url":"https://acme.pagerduty.com/users/PLH1HKV","id":"PLH1HKV","self":"https://api.pagerduty.com/users/PLH1HKV","summary":"Tenex Engineer","type":"user_reference"},"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"https://api.pagerduty.com/incidents/PGR0VU2","html_url":"https://acme.pagerduty.com/incidents/PGR0VU2","number":2,"status":"triggered","title":"A little bump in the road","service":{"html_url":"https://acme.pagerduty.com/services/PF9KMXH","id":"PF9KMXH","self":"https://api.pagerduty.com/services/PF9KMXH","summary":"API Service","type":"service_reference"},"assignees":[{"html_url":"https://acme.pagerduty.com/users/PTUXL6G","id":"PTUXL6G","self":"https://api.pagerduty.com/users/PTUXL6G","summary":"User 123","type":"user_reference"}],"escalation_policy":{"html_url":"https://acme.pagerduty.com/escalation_policies/PUS0KTE","id":"PUS0KTE","self":"https://api.pagerduty.com/escalation_policies/PUS0KTE","summary":"Default","type":"escalation_policy_reference"},"teams":[{"html_url":"https://acme.pagerduty.com/teams/PFCVPS0","id":"PFCVPS0","self":"https://api.pagerduty.com/teams/PFCVPS0","summary":"Engineering","type":"team_reference"}],"priority":{"html_url":"https://acme.pagerduty.com/account/incident_priorities","id":"PSO75BM","self":"https://api.pagerduty.com/priorities/PSO75BM","summary":"P1","type":"priority_reference"},"urgency":"high","conference_bridge":{"conference_number":1000,"conference_url":"https://example.com"},"resolve_reason":null}}}'
const adyenBody = `{
    "data": {
      "balancePlatform": "YOUR_BALANCE_PLATFORM",
      "accountHolder": {
        "contactDetails": {
          "email": "test@adyen.com",
          "phone": {
            "number": "0612345678",
            "type": "mobile"
          },
          "address": {
            "houseNumberOrName": "23",
            "city": "Amsterdam",
            "country": "NL",
            "postalCode": "12345",
            "street": "Main Street 1"
          }
        },
        "description": "Shelly Eller",
        "legalEntityId": "LE00000000000000000001",
        "reference": "YOUR_REFERENCE-2412C",
        "capabilities": {
          "issueCard": {
            "enabled": true,
            "requested": true,
            "allowed": false,
            "verificationStatus": "pending"
          },
          "receiveFromTransferInstrument": {
            "enabled": true,
            "requested": true,
            "allowed": false,
            "verificationStatus": "pending"
          },
          "sendToTransferInstrument": {
            "enabled": true,
            "requested": true,
            "allowed": false,
            "verificationStatus": "pending"
          },
          "sendToBalanceAccount": {
            "enabled": true,
            "requested": true,
            "allowed": false,
            "verificationStatus": "pending"
          },
          "receiveFromBalanceAccount": {
            "enabled": true,
            "requested": true,
            "allowed": false,
            "verificationStatus": "pending"
          }
        },
        "id": "AH00000000000000000001",
        "status": "active"
      }
    },
    "environment": "test",
    "timestamp": "2024-12-15T15:42:03+01:00",
    "type": "balancePlatform.accountHolder.created"
  }`
const easypostBody =
  '{"description":"tracker.updated","mode":"production","previous_attributes":{"status":"in_transit"},"created_at":"2024-08-02T19:26:52.000Z","pending_urls":["https://example.com/easypost"],"completed_urls":[],"updated_at":"2024-08-02T19:26:52.000Z","id":"evt_1","user_id":"user_1","status":"pending","object":"Event","result":{"id":"trk_1","object":"Tracker","mode":"production","tracking_code":"1","status":"in_transit","status_detail":"arrived_at_facility","created_at":"2024-07-31T14:45:27Z","updated_at":"2024-08-02T19:26:51Z","signed_by":null,"weight":614.4,"est_delivery_date":"2024-08-05T00:00:00Z","shipment_id":null,"carrier":"FedEx","tracking_details":[{"object":"TrackingDetail","message":"Shipment information sent to FedEx","description":"Shipment information sent to FedEx","status":"pre_transit","status_detail":"label_created","datetime":"2024-07-31T15:00:00Z","source":"FedEx","carrier_code":"OC","tracking_location":{"object":"TrackingLocation","city":null,"state":null,"country":"US","zip":"32837"}},{"object":"TrackingDetail","message":"Picked up","description":"Picked up","status":"in_transit","status_detail":"arrived_at_facility","datetime":"2024-07-31T19:27:00Z","source":"FedEx","carrier_code":"PU","tracking_location":{"object":"TrackingLocation","city":"ORLANDO","state":"FL","country":"US","zip":"32809"}},{"object":"TrackingDetail","message":"Arrived at FedEx location","description":"Arrived at FedEx location","status":"in_transit","status_detail":"arrived_at_facility","datetime":"2024-07-31T22:35:00Z","source":"FedEx","carrier_code":"AR","tracking_location":{"object":"TrackingLocation","city":"ORLANDO","state":"FL","country":"US","zip":"32809"}},{"object":"TrackingDetail","message":"Departed FedEx location","description":"Departed FedEx location","status":"in_transit","status_detail":"departed_facility","datetime":"2024-08-01T14:42:13Z","source":"FedEx","carrier_code":"DP","tracking_location":{"object":"TrackingLocation","city":"ORLANDO","state":"FL","country":"US","zip":"32809"}},{"object":"TrackingDetail","message":"On the way","description":"On the way","status":"in_transit","status_detail":"unknown","datetime":"2024-08-02T02:46:19Z","source":"FedEx","carrier_code":"IT","tracking_location":{"object":"TrackingLocation","city":"KENLY","state":"NC","country":"US","zip":"27542"}},{"object":"TrackingDetail","message":"On the way","description":"On the way","status":"in_transit","status_detail":"unknown","datetime":"2024-08-02T18:35:20Z","source":"FedEx","carrier_code":"IT","tracking_location":{"object":"TrackingLocation","city":"EDISON TWP","state":"NJ","country":"US","zip":"08817"}},{"object":"TrackingDetail","message":"Arrived at FedEx location","description":"Arrived at FedEx location","status":"in_transit","status_detail":"arrived_at_facility","datetime":"2024-08-02T18:50:00Z","source":"FedEx","carrier_code":"AR","tracking_location":{"object":"TrackingLocation","city":"EDISON","state":"NJ","country":"US","zip":"08817"}}],"carrier_detail":{"object":"CarrierDetail","service":"FEDEX_GROUND","container_type":null,"est_delivery_date_local":"2024-08-05","est_delivery_time_local":null,"origin_location":"ORLANDO FL US","origin_tracking_location":{"object":"TrackingLocation","city":"ORLANDO","state":"FL","country":"US","zip":"32809"},"destination_location":"BROOKLYN HGTS NY US","destination_tracking_location":null,"guaranteed_delivery_date":null,"alternate_identifier":null,"initial_delivery_attempt":null},"finalized":false,"is_return":false,"public_url":"https://track.easypost.com/1"}}'
const mailersendBody =
  '{"type":"activity.sent","domain_id":"test_domain","created_at":"2022-09-08T20:06:12.062074Z","webhook_id":"webhook_test","url":"https:\\/\\/webhook.site\\/test","data":{"object":"activity","id":"631a6250bd4f6bd6844a2307","type":"sent","created_at":"2022-09-08T20:06:12.051000Z","email":{"object":"email","id":"631a6250bd4f6bd6844a2307","created_at":"2022-09-08T20:06:11.887000Z","from":"donotreply@mailsender.com","subject":"Test Message","status":"sent","tags":null,"message":{"object":"message","id":"631a6250bd4f6bd6844a2307","created_at":"2022-09-08T20:06:11.399000Z"},"recipient":{"object":"recipient","id":"631a6250bd4f6bd6844a2307","email":"test@test.com","created_at":"2022-03-31T21:31:37.304000Z"}},"morph":null,"template_id":""}}'
const sinchBody =
  '{"app_id":"","accepted_time":"2021-10-18T17:49:13.813615Z","project_id":"e2df3a34-a71b-4448-9db5-a8d2baad28e4","contact_create_notification":{"contact":{"id":"01FJA8B466Y0R2GNXD78MD9SM1","channel_identities":[{"channel":"SMS","identity":"48123456789","app_id":""}],"display_name":"New Test Contact","email":"new.contact@email.com","external_id":"","metadata":"","language":"EN_US"}},"message_metadata":""}'
const sinchSignature = '6bpJoRmFoXVjfJIVglMoJzYXxnoxRujzR4k2GOXewOE='
const dropboxSignEvent = {
  account_guid: '63522885f9261e2b04eea043933ee7313eb674fd',
  event: {
    event_time: '1348177752',
    event_type: 'account_confirmed',
    event_hash: '6dc5b7aad93cf54915e0089d6c31d61b3833f66f51459171c69f8fa211308848',
  },
}
const dropboxSignBody = [
  '--b',
  'content-disposition: form-data; name="json"',
  '',
  JSON.stringify(dropboxSignEvent),
  '--b--',
  '',
].join('\r\n')

/** Over the body alone, with the signature in one header. */
function overBody([type, header], parts) {
  const { before = '', signature, headers = {}, ...rest } = parts
  return vector(type, {
    ...rest,
    signature,
    headers: { ...headers, [header]: before + signature },
  })
}

const modernTreasury = [
  ['{"foo":"bar"}', '57e14f6f354543f0101fb06ea24df7731d90087b76651e3497345e22a3622940'],
  [
    '{"foo":"bar","bar":"baz","a": true}',
    'ec1c86d16075e6937fc26d55b7dc60bac9b1178a2f714312f7c5cb13a319b0ac',
  ],
].map(([body, signature]) =>
  overBody(['modern-treasury', 'x-signature'], {
    source: 'modern-treasury-node, webhooks test',
    secret: 'foo',
    body,
    signature,
  }),
)

export const publishedTests = [
  overBody(['pagerduty', 'x-pagerduty-signature'], {
    source: 'go-pagerduty, webhookv3 test',
    secret: 'lDQHScfUeXUKaQRNF+8XIiDKZ7XX3itBAYzwU0TARw8lJqRnkKl2iB1anSb0Z+IK',
    body: pagerdutyBody,
    before: 'v1=',
    signature: '0c0b9495b893a39e70d1fea2fe11fbe0a825f88b9f67846f6cc07dd2bc5476cd',
    expect: ['incident.priority_updated', '01BWDWL3NYY7LUFPZCC28QUCMK'],
  }),
  overBody(['adyen-platform', 'hmacsignature'], {
    source: 'adyen-node-api-library, hmacValidator test',
    secret: '11223344D785FBAE710E7F943F307971BB61B21281C98C9129B3D4018A57B2EB',
    body: adyenBody,
    signature: 'UVBzHbDayhfT1XgaRGAkuKvxwoxrLoVCBdfi3WZU8lI=',
    expect: ['balancePlatform.accountHolder.created', `sha256:${hash('sha256', adyenBody, 'hex')}`],
  }),
  ...modernTreasury,
  overBody(['easypost', 'x-hmac-signature'], {
    source: 'easypost-node, webhook test',
    secret: 'sécret',
    body: easypostBody,
    before: 'hmac-sha256-hex=',
    signature: '38f3f53c103713df81616a0a186d77141957323ec21d5fe9363db93840f527db',
    expect: ['tracker.updated', 'evt_1'],
  }),
  overBody(['mailersend', 'signature'], {
    source: 'mailersend-nodejs, utils test',
    secret: 'yXdTVu1YewsKiuN2bcILlFHsljmR9kaU',
    body: mailersendBody,
    signature: '445e75aab3d8ea9169d134189a2814f06858977bd9cdc69324264e39f47bda2e',
    expect: ['activity.sent', '631a6250bd4f6bd6844a2307'],
  }),
  overBody(['nylas', 'x-nylas-signature'], {
    source: 'nylas-nodejs 6.10, webhook-notification test',
    secret: 'myClientSecret',
    body: 'test123',
    signature: 'ddc02f921a4835e310f249dc09770c3fea2cb6fe949adc1887d7adc04a581e1c',
  }),
  overBody(['sinch', 'x-sinch-webhook-signature'], {
    source: 'sinch-sdk-node, authorization helper test',
    secret: 'foo_secret1234',
    now: new Date(1634579353000),
    body: sinchBody,
    signature: sinchSignature,
    headers: {
      'x-sinch-webhook-signature-algorithm': 'HmacSHA256',
      'x-sinch-webhook-signature-nonce': '01FJA8B4A7BM43YGWSG9GBV067',
      'x-sinch-webhook-signature-timestamp': '1634579353',
    },
    timestamp: '1634579353',
    expect: ['contact_create_notification', '01FJA8B4A7BM43YGWSG9GBV067'],
  }),
  vector('dropbox-sign', {
    source: 'dropbox-sign-node, eventCallbackHelper test',
    secret: '324e3b0840f065eb51f3fd63231d0d33daa35d4ed10d27718839e81737065782',
    body: dropboxSignBody,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    covered: dropboxSignEvent.event.event_type,
    signature: dropboxSignEvent.event.event_hash,
    timestamp: dropboxSignEvent.event.event_time,
    now: new Date(Number(dropboxSignEvent.event.event_time) * 1000),
    expect: ['account_confirmed'],
  }),
]
