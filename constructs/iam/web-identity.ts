import { Fn, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import type { PolicyDocumentStatement } from "./policy";

/** The issuer of a cluster's service account tokens, and the OIDC provider by which IAM trusts it. */
export interface OidcIssuer {
  /** https:// address of the issuer. */
  readonly oidc_issuer: string;
  readonly oidc_provider_arn: string;
}

/** The cluster's OIDC provider, as trust policies name it. */
export interface WebIdentityProvider {
  readonly arn: string;
  /** The issuer's address without https://, as IAM's condition keys spell it. */
  readonly issuerHost: string;
}

/** Creates a local value with the issuer's address: a function inside a policy's text would need quotes inside quotes. */
export function webIdentityProvider(
  scope: Construct,
  { oidc_issuer, oidc_provider_arn }: OidcIssuer,
): WebIdentityProvider {
  const host = Token.isUnresolved(oidc_issuer)
    ? Fn.trimprefix(oidc_issuer, "https://")
    : `\${trimprefix("${oidc_issuer}", "https://")}`; // another stack's output: `Fn` would treat the reference as plain text
  return { arn: oidc_provider_arn, issuerHost: new TerraformLocal(scope, "issuer", host).asString };
}

/** Lets tokens of one service account assume a role. The audience excludes tokens that were issued for another service. */
export function webIdentityTrust(
  { arn, issuerHost }: WebIdentityProvider,
  namespace: string,
  serviceAccount: string,
): PolicyDocumentStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: arn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuerHost}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        [`${issuerHost}:aud`]: "sts.amazonaws.com",
      },
    },
  };
}

/** Annotation of a service account: EKS gives its pods tokens that the role trusts. */
export const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";
