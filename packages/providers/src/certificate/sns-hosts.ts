/** Hosts of SNS, for its certificates and for confirming a subscription. */
export const snsHosts: readonly RegExp[] = [/^sns\.[a-z0-9-]{3,32}\.amazonaws\.com(?:\.cn)?$/]
