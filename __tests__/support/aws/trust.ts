import type { Token } from "../../../fleet/accounts/claims";
import type { TrustStatement } from "../../../fleet/accounts/identities";
import { isAllowed } from "./simulate";

const ACCOUNT = "111111111111";

/**
 * Evaluates a trust policy for a token as IAM does. The simulator ignores the keys of issuers that are not in AWS's lists, so each key
 * of an issuer takes the name of a tag of the principal, which it compares as any other key.
 */
export async function mayAssume(
  policy: readonly TrustStatement[],
  { claims, issuer }: Token,
  account = ACCOUNT,
): Promise<boolean> {
  const host = issuer.replace(/^https:\/\//, "");
  const tag = (key: string): string => `aws:PrincipalTag/${key.replaceAll(/[^A-Za-z0-9]/g, "_")}`;
  return isAllowed({
    request: {
      principal: `arn:aws:iam::${account}:oidc-provider/${host}`,
      action: "sts:AssumeRoleWithWebIdentity",
      resource: { resource: `arn:aws:iam::${account}:role/any`, accountId: account },
      contextVariables: Object.fromEntries(
        Object.entries(claims).map(([claim, value]) => [tag(`${host}:${claim}`), value]),
      ),
    },
    resourcePolicy: {
      Version: "2012-10-17",
      Statement: policy.map(({ Condition, ...statement }) => ({
        ...statement,
        Condition: Object.fromEntries(
          Object.entries(Condition).map(([operator, keys]) => [
            operator,
            Object.fromEntries(
              Object.entries(keys).map(([key, value]) => [key.startsWith("aws:") ? key : tag(key), value]),
            ),
          ]),
        ),
      })),
    },
  });
}
