import { Fn, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import type { PolicyDocumentStatement } from "./policy";

/** The cluster's OIDC provider, as trust in it names it. */
export interface WebIdentityProvider {
  readonly arn: string;
  /** The issuer's address without https://, as IAM's keys want it. */
  readonly issuer_host: string;
}

/** A function in the policy's own text would need quotes in quotes, so a local value holds the address. */
export function webIdentityProvider(
  scope: Construct,
  { oidc_issuer, oidc_provider_arn }: { readonly oidc_issuer: string; readonly oidc_provider_arn: string },
): WebIdentityProvider {
  const host = Token.isUnresolved(oidc_issuer)
    ? Fn.trimprefix(oidc_issuer, "https://")
    : `\${trimprefix("${oidc_issuer}", "https://")}`; // of another stack: `Fn` would take the reference for plain text
  return { arn: oidc_provider_arn, issuer_host: new TerraformLocal(scope, "issuer", host).asString };
}

/** Who the token is of and whom it is for: without the second, one that was made for another service would do. */
export function webIdentityTrust(
  { arn, issuer_host }: WebIdentityProvider,
  namespace: string,
  serviceAccount: string,
): PolicyDocumentStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: arn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer_host}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        [`${issuer_host}:aud`]: "sts.amazonaws.com",
      },
    },
  };
}

/** Of a service account: tells EKS to give its pods tokens that the role trusts. */
export const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";
