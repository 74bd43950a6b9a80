// Computes vectors from the providers' descriptions, each spelled out by hand: `node compute-vectors.mjs`
import { asymmetricVectors } from './compute-asymmetric.mjs'
import { cloudAndIdentity, generic } from './compute-clouds.mjs'
import { codeAndOperations, payments } from './compute-code-and-payments.mjs'
import {
  commerce,
  emailAndSupport,
  messaging,
  socialAndDevices,
} from './compute-shops-and-messages.mjs'
import { tokenVectors } from './compute-tokens.mjs'
import { marketingAndData, workAndDocuments } from './compute-work.mjs'
import { writeVectors } from './vector-file.mjs'

writeVectors('computed', [
  ...generic,
  ...codeAndOperations,
  ...payments,
  ...commerce,
  ...messaging,
  ...emailAndSupport,
  ...socialAndDevices,
  ...workAndDocuments,
  ...marketingAndData,
  ...cloudAndIdentity,
])
writeVectors('computed-asymmetric', [...asymmetricVectors(), ...tokenVectors()])
