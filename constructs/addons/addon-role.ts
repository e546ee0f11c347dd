import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Addon } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import type { PolicyStatement } from "../../language/words/iam";
import { podIdentityTrust } from "../iam/pod-identity";
import { documentStatement, type PolicyDocumentStatement, policyJson } from "../iam/policy";
import { roleSettings } from "../iam/role-settings";
import { type WebIdentityProvider, webIdentityTrust } from "../iam/web-identity";
import { type BucketAccess, bucketPermissions } from "./addon-bucket";

interface AddonRoleProps {
  readonly cluster: Cluster;
  readonly context: AddonContext;
  /** Key of the addon. */
  readonly addon: string;
  readonly namespace: string;
  readonly service_account: string;
  readonly permissions: readonly PolicyStatement[];
  /** Where its pods run on Fargate: there the role comes by tokens of the cluster's OIDC provider. */
  readonly web_identity?: WebIdentityProvider | undefined;
}

/** What an addon may do in AWS: a role that EKS Pod Identity, or a token, gives to one service account of one cluster. */
export class AddonRole extends Construct {
  readonly arn: string;
  readonly service_account: string;
  /** The role, and what it may do: it is of use only once both exist. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AddonRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Resource", {
      name: boundedName(props.context.cluster_name, props.addon.replaceAll("_", "-"), NAME_LIMITS.iam_role),
      ...roleSettings(props.cluster),
      assumeRolePolicy: policyJson([trust(props)]),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "addon",
      role: role.name,
      policy: policyJson(props.permissions.map(documentStatement)),
    });
    this.arn = role.arn;
    this.service_account = props.service_account;
    this.ready = [role, policy];
  }
}

export interface AddonRolesProps {
  readonly addon: Addon;
  readonly cluster: Cluster;
  readonly context: AddonContext;
  readonly options: unknown;
  readonly bucket: BucketAccess | undefined;
  readonly web_identity?: WebIdentityProvider | undefined;
}

/**
 * The roles of an addon that calls AWS: its own, which also reads and writes its bucket, and those of its further parts. None for
 * a part that its options let do nothing: IAM takes no empty policy.
 */
export function addonRoles(
  scope: Construct,
  { addon, cluster, context, options, bucket, web_identity }: AddonRolesProps,
): AddonRole[] {
  const { name, namespace, service_account, further_identities = [] } = addon;
  const own = {
    id: "role",
    addon: name,
    service_account,
    permissions: [
      ...(addon.permissions?.(context, options) ?? []),
      ...(bucket === undefined ? [] : bucketPermissions(context.partition, bucket)),
    ],
  };
  const further = further_identities.map((identity) => ({
    id: `role-${identity.service_account}`,
    addon: `${name}-${identity.service_account}`,
    service_account: identity.service_account,
    permissions: identity.permissions(context, options),
  }));
  return [own, ...further].flatMap(({ id, service_account: account, ...of }) =>
    account === undefined || of.permissions.length === 0
      ? []
      : [new AddonRole(scope, id, { cluster, context, namespace, service_account: account, web_identity, ...of })],
  );
}

function trust({ context, namespace, service_account, web_identity }: AddonRoleProps): PolicyDocumentStatement {
  if (web_identity !== undefined) return webIdentityTrust(web_identity, namespace, service_account);
  const { account_id, cluster_name, partition, region } = context;
  const clusterArn = `arn:${partition}:eks:${region}:${account_id}:cluster/${cluster_name}`;
  return podIdentityTrust(clusterArn, namespace, service_account);
}
