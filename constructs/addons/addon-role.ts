import type { Construct } from "constructs";
import type { Addon } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import type { Owner } from "../../fleet/plan/owner";
import type { PolicyStatement } from "../../language/words/iam";
import { podIdentityTrust } from "../iam/pod-identity";
import { documentStatement, policyJson } from "../iam/policy";
import { Role } from "../iam/role";
import { type WebIdentityProvider, webIdentityTrust } from "../iam/web-identity";
import { type BucketAccess, bucketPermissions } from "./addon-bucket";

interface AddonRoleProps {
  readonly owner: Owner;
  /** Key of the addon. */
  readonly addon: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly permissions: readonly PolicyStatement[];
  /** Gives the role to pods on Fargate; absent for EKS Pod Identity. */
  readonly webIdentity?: WebIdentityProvider | undefined;
}

/** Creates a role that EKS Pod Identity, or a token, gives to one service account of one cluster. */
export function addonRole(scope: Construct, id: string, props: AddonRoleProps): Role {
  const { addon, namespace, owner, permissions, serviceAccount, webIdentity } = props;
  return new Role(scope, id, {
    owner,
    part: addon.replaceAll("_", "-"),
    trust:
      webIdentity === undefined
        ? podIdentityTrust(owner.arn, namespace, serviceAccount)
        : webIdentityTrust(webIdentity, namespace, serviceAccount),
    inline: { policy: { name: "addon", document: policyJson(permissions.map(documentStatement)) } },
  });
}

export interface AddonRolesProps {
  readonly owner: Owner;
  readonly addon: Addon;
  readonly context: AddonContext;
  readonly options: unknown;
  readonly bucket: BucketAccess | undefined;
  readonly webIdentity?: WebIdentityProvider | undefined;
}

/** A service account of an addon, and its role. */
export interface AddonIdentity {
  readonly serviceAccount: string;
  readonly role: Role;
}

/**
 * Creates the roles of an addon that calls AWS: its own, which can also use its bucket, and those of its further parts. A part
 * without permissions gets none, because IAM refuses an empty policy.
 */
export function addonRoles(
  scope: Construct,
  { addon, bucket, context, options, owner, webIdentity }: AddonRolesProps,
): AddonIdentity[] {
  const { name, namespace, service_account, further_identities = [] } = addon;
  const own = {
    id: "role",
    key: name,
    serviceAccount: service_account,
    permissions: [
      ...(addon.permissions?.(context, options) ?? []),
      ...(bucket === undefined ? [] : bucketPermissions(context.partition, bucket)),
    ],
  };
  const further = further_identities.map((identity) => ({
    id: `role-${identity.service_account}`,
    key: `${name}-${identity.service_account}`,
    serviceAccount: identity.service_account,
    permissions: identity.permissions(context, options),
  }));
  return [own, ...further].flatMap(({ id, key, permissions, serviceAccount }) => {
    if (serviceAccount === undefined || permissions.length === 0) return [];
    const props = { owner, addon: key, namespace, serviceAccount, permissions, webIdentity };
    return [{ serviceAccount, role: addonRole(scope, id, props) }];
  });
}
