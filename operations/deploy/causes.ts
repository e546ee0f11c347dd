/** Causes by messages of Terraform, its providers and the AWS SDK. The first match counts. */
const CAUSES: readonly (readonly [words: RegExp, cause: (found: string) => string])[] = [
  [
    /failed to get shared config profile,? ([^\s,]+)/,
    (profile) =>
      `the profile ${profile} of AWS_PROFILE does not exist. aws configure list-profiles lists those that do; aws configure sso adds one`,
  ],
  [
    /ExpiredToken|security token included in the request is expired|SSO session has expired|cached SSO token/,
    () => "the AWS credentials have expired. Log in again, for example with aws sso login, and run the same command",
  ],
  [
    /No valid credential sources found|no EC2 IMDS role found|Unable to locate credentials/,
    () =>
      "no AWS credentials were found. Log in, for example with aws sso login, and set AWS_PROFILE. fleet doctor --aws shows what else is missing",
  ],
  [
    /account ID not allowed: (\d{12})/,
    (account) =>
      `the AWS credentials are of account ${account}, which is not the account of the cluster. Set AWS_PROFILE to a profile of the cluster's account`,
  ],
  [
    /not authorized to perform: sts:AssumeRole on resource: (\S+)/,
    (role) =>
      `your identity may not assume ${role}. Use credentials that its trust policy names; fleet bootstrap writes those of bootstrap.principals into it`,
  ],
  [
    /S3 bucket "([^"\s]+)" does not exist/,
    (bucket) =>
      `the state bucket ${bucket} does not exist. fleet bootstrap creates it, once for each account; or correct state.bucket in the account's file`,
  ],
  [
    /executable aws (?:not found|failed)/,
    () =>
      "the AWS CLI, which gives access to the cluster's API, is missing or failed. Install version 2, and try aws eks get-token --cluster-name <name>",
  ],
  [
    /Kubernetes cluster unreachable/,
    () =>
      "the API of the cluster cannot be reached from here. If its endpoint is private, run the command inside its network or over a VPN; fleet doctor --aws tries the endpoint",
  ],
  [
    /could not connect to registry\.terraform\.io|Failed to query available provider packages/,
    () =>
      "Terraform could not download its providers. Check the network and the proxy (HTTPS_PROXY), or name a mirror in the configuration of Terraform (provider_installation)",
  ],
  [
    /no such host|network is unreachable/,
    () => "a host could not be found, so that AWS was not reached. Check the network, the proxy and the region",
  ],
];

/** Returns why Terraform failed and what to do, if the reason lies outside of the stack; undefined if not. */
export function causeOf(text: string): string | undefined {
  for (const [words, cause] of CAUSES) {
    const found = words.exec(text);
    if (found !== null) return cause(found[1] ?? "");
  }
  return undefined;
}
