export const LOG_IN =
  "Log in to AWS, for example with aws sso login, and set AWS_PROFILE to a profile of aws configure list-profiles";

/** Failures of the AWS CLI that have nothing to do with the call, in its words, with what to do. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [/^not installed$/, "Install the AWS CLI 2"],
  [
    /Unable to locate credentials|config profile .* could not be found|expired|refresh failed|SSO Token|\(ExpiredToken/i,
    LOG_IN,
  ],
  [/\((?:InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidAccessKeyId)\)/, LOG_IN],
  [
    /Could not connect|timeout on endpoint|no answer in|ProxyError|connect to proxy|Connection was closed|SSL validation/i,
    "Check the network, HTTPS_PROXY and AWS_CA_BUNDLE: AWS cannot be reached from here. If aws ends with the same error, fleet cannot help",
  ],
  [/\((?:Throttling|RequestLimitExceeded|ServiceUnavailable|InternalFailure)/, "Run fleet doctor again in a minute"],
];

/** Returns what to do about a failure that is not about the call; undefined for other failures. */
export function commonCure(failed: string): string | undefined {
  return CURES.find(([words]) => words.test(failed))?.[1];
}
