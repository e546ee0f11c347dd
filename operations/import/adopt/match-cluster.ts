import { AUTO_MODE_ROLES } from "../../../fleet/nodes/auto-mode";
import { logGroupOf } from "./describe-cluster";
import type { Inventory } from "./inventory";
import { type Existing, type Match, type Matcher, type Planned, referenced } from "./matching";

/** A change of its name or its description would replace a security group. */
const GROUP_KEEPS = ["name", "description"];

const CNI_ACCOUNT = { namespace: "kube-system", serviceAccount: "aws-node" };

/** Returns the security group of all nodes: the one with the cluster's tag that is not EKS's own. */
function nodeGroup({ cluster, security_groups }: Inventory): string | undefined {
  const { clusterSecurityGroupId, securityGroupIds } = cluster.resourcesVpcConfig;
  const others = security_groups.filter(
    ({ GroupId, Tags }) =>
      GroupId !== clusterSecurityGroupId &&
      !securityGroupIds.includes(GroupId) &&
      Tags.some(({ Key, Value }) => Key === `kubernetes.io/cluster/${cluster.name}` && Value === "owned"),
  );
  return others.length === 1 ? others[0]?.GroupId : undefined;
}

/** Returns the id of a group that a setting refers to. */
function groupOf(value: unknown, { idOf }: Existing): string | undefined {
  const address = referenced(value);
  return address === undefined ? (value as string | undefined) : idOf(address);
}

function rule(planned: Planned, existing: Existing): Match | undefined {
  const { settings, type } = planned;
  const group = groupOf(settings["security_group_id"], existing);
  if (group === undefined) return undefined;
  const other = groupOf(settings["referenced_security_group_id"], existing);
  const isAll = settings["ip_protocol"] === "-1";
  const found = existing.inventory.security_group_rules.find(
    (each) =>
      each.GroupId === group &&
      each.IsEgress === (type === "aws_vpc_security_group_egress_rule") &&
      each.IpProtocol === settings["ip_protocol"] &&
      (isAll || (each.FromPort === settings["from_port"] && each.ToPort === settings["to_port"])) &&
      each.ReferencedGroupInfo?.GroupId === other &&
      each.CidrIpv4 === settings["cidr_ipv4"] &&
      each.CidrIpv6 === settings["cidr_ipv6"],
  );
  if (found === undefined) return undefined;
  return { id: found.SecurityGroupRuleId, actual: { description: found.Description ?? "" } };
}

function roleOfCni({ pod_identities }: Inventory): string | undefined {
  return pod_identities.find(
    ({ namespace, serviceAccount }) =>
      namespace === CNI_ACCOUNT.namespace && serviceAccount === CNI_ACCOUNT.serviceAccount,
  )?.roleArn;
}

/** Returns the existing role that a planned role, or an attachment of it, is, with the policies that it has. */
function roleFor(
  name: string,
  inventory: Inventory,
): { readonly arn: string; readonly policies: readonly string[]; readonly trust: string } | undefined {
  if (name.includes("_vpc-cni-role_")) {
    const arn = roleOfCni(inventory);
    return arn === undefined
      ? undefined
      : { arn, policies: inventory.cni_policies, trust: "the CNI of this cluster only" };
  }
  const arn = inventory.cluster.computeConfig?.nodeRoleArn;
  if (!name.includes(`_${AUTO_MODE_ROLES.builtIn}-role_`) || typeof arn !== "string") return undefined;
  return {
    arn,
    policies: inventory.auto_node_policies,
    trust: "EC2 to assume it and to tag sessions, as nodes of Auto Mode require",
  };
}

const nameOfRole = (arn: string): string => arn.split("/").at(-1) ?? arn;

function addon({ settings }: Planned, { inventory }: Existing): Match | undefined {
  const name = String(settings["addon_name"]);
  const found = inventory.addons.find(({ addonName }) => addonName === name);
  if (found === undefined) return undefined;
  const byPodIdentity =
    found.serviceAccountRoleArn === undefined
      ? ""
      : "; gets its role by EKS Pod Identity, in place of the role of its service account";
  return {
    id: `${inventory.cluster.name}:${name}`,
    actual: { addon_version: found.addonVersion, configuration_values: found.configurationValues ?? "{}" },
    change: `gets settings that only Terraform has: timeouts, and what it does with conflicts${byPodIdentity}`,
  };
}

/** Finds the resources of the stacks eks-cluster and addons, by their types. */
export const CLUSTER_MATCHERS: Readonly<Record<string, Matcher>> = {
  aws_cloudwatch_log_group: (_, { inventory }) => {
    const group = logGroupOf(inventory);
    return group && { id: group.logGroupName, actual: { retention_in_days: group.retentionInDays ?? 0 } };
  },
  aws_eks_cluster: (_, { inventory: { cluster } }) => ({
    id: cluster.name,
    actual: { name: cluster.name, role_arn: cluster.roleArn, version: cluster.version },
  }),
  aws_security_group: ({ name }, { inventory }) => {
    const id = /_control-plane_/.test(name)
      ? inventory.cluster.resourcesVpcConfig.securityGroupIds[0]
      : nodeGroup(inventory);
    return id === undefined ? undefined : { id, keep: GROUP_KEEPS };
  },
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_eks_access_entry: ({ settings }, { inventory }) => {
    const principal = String(settings["principal_arn"]);
    const found = inventory.access_entries.find(({ entry }) => entry.principalArn === principal);
    return found && { id: `${inventory.cluster.name}:${principal}`, actual: { type: found.entry.type } };
  },
  aws_eks_access_policy_association: ({ settings }, { inventory, settingsOf }) => {
    const entry = referenced(settings["principal_arn"]);
    const principal = entry === undefined ? undefined : settingsOf(entry)?.["principal_arn"];
    const policy = String(settings["policy_arn"]);
    const found = inventory.access_entries.find(({ entry: { principalArn } }) => principalArn === principal);
    if (found?.policies.some(({ policyArn }) => policyArn === policy) !== true) return undefined;
    return { id: `${inventory.cluster.name}#${String(principal)}#${policy}` };
  },
  aws_iam_openid_connect_provider: (_, { inventory }) => {
    const [arn] = inventory.oidc_providers;
    return arn === undefined ? undefined : { id: arn };
  },
  aws_iam_role: ({ name }, { inventory }) => {
    const role = roleFor(name, inventory);
    return role && { id: nameOfRole(role.arn), keep: ["name", "path"], change: `trusts ${role.trust}` };
  },
  aws_iam_role_policy_attachment: ({ name, settings }, { inventory }) => {
    const role = roleFor(name, inventory);
    const policy = String(settings["policy_arn"]);
    return role?.policies.includes(policy) === true ? { id: `${nameOfRole(role.arn)}/${policy}` } : undefined;
  },
  aws_eks_addon: addon,
};
