import { NODE_POLICIES, SESSION_MANAGER_POLICY } from "../../../../aws/iam-policies";
import { statementsOf } from "../statements";
import type { GroupTranslation } from "./group-translation";

const ANYWHERE = "0.0.0.0/0";
const DEFAULT_RANGE = "192.168.0.0/16";

/** Policies of AWS that correspond to eksctl's policies of addons. */
const MANAGED: Readonly<Record<string, string>> = {
  imageBuilder: "AmazonEC2ContainerRegistryPowerUser",
  cloudWatch: "CloudWatchAgentServerPolicy",
};

/** Addons that have the permissions in a role of their own. */
const ADDONS: Readonly<Record<string, string>> = {
  externalDNS: "external_dns",
  certManager: "cert_manager",
  ebs: "aws_ebs_csi_driver",
  efs: "aws_efs_csi_driver",
  fsx: "aws_fsx_csi_driver",
  albIngress: "aws_load_balancer_controller",
  awsLoadBalancerController: "aws_load_balancer_controller",
};

/** Translates the role of a group's nodes, their metadata, SSH and security groups. */
export function translateNodeAccess(translation: GroupTranslation): void {
  const { group, item, managed } = translation;
  role(translation);
  ssh(translation);
  item.set("additional_security_group_ids", group.at("securityGroups", "attachIDs").texts());
  const shared = "all nodes share one security group";
  for (const key of ["withLocal", "withShared"]) {
    const config = group.at("securityGroups", key);
    if (config.peek() === false) config.leave(shared);
    else config.skip(shared);
  }
  const isBlocked = group.at("disablePodIMDS").flag() === true;
  item.set(
    "metadata_options.http_put_response_hop_limit",
    isBlocked ? undefined : 2,
    "eksctl's default; recommended: 1",
  );
  const first = group.at("disableIMDSv1");
  if (first.peek() === false) first.leave("nodes always require IMDSv2");
  else first.skip("nodes always require IMDSv2");
  item.set("detailed_monitoring", group.at("enableDetailedMonitoring").flag());
  if (managed) {
    for (const key of ["targetGroupARNs", "classicLoadBalancerNames"])
      group.at(key).leave("nodes of a managed group do not join existing load balancers");
  } else {
    item.set("target_group_arns", group.at("targetGroupARNs").texts());
    item.set("classic_load_balancers", group.at("classicLoadBalancerNames").texts());
  }
}

function role({ boundaries, group, item, partition }: GroupTranslation): void {
  const iam = group.at("iam");
  item.set("instance_profile_arn", iam.at("instanceProfileARN").text());
  const existing = iam.at("instanceRoleARN").text();
  item.set("iam_role_arn", existing);
  iam.at("instanceRoleName").leave("names of roles are derived from the cluster and the group");
  const created = existing === undefined;
  if (created) boundaries.push(iam.at("instanceRolePermissionsBoundary"));
  else iam.at("instanceRolePermissionsBoundary").skip("the role exists");
  const base: readonly string[] = [...NODE_POLICIES, SESSION_MANAGER_POLICY];
  const written = iam.at("attachPolicyARNs").texts() ?? [];
  const arns = written.filter((arn) => !base.includes(arn.split("/").at(-1) ?? ""));
  if (written.length > 0 && !written.some((arn) => arn.endsWith(SESSION_MANAGER_POLICY)))
    item.set("session_manager", false, "attachPolicyARNs does not contain its policy");
  for (const [name, config] of iam.at("withAddonPolicies").entries()) {
    const managed = MANAGED[name];
    const addon = ADDONS[name];
    if (config.peek() !== true) config.skip("is off");
    else if (name === "autoScaler") config.value();
    else if (managed !== undefined) {
      config.value();
      arns.push(`arn:${partition}:iam::aws:policy/${managed}`);
    } else if (addon !== undefined)
      config.leave(`the addon ${addon} has its own role with this permission: set addons.${addon}_enabled: true`);
    else config.leave("give it to the pods that require it, by service_account_roles");
  }
  item.set("additional_policy_arns", created && arns.length > 0 ? [...new Set(arns)] : undefined);
  const policy = iam.at("attachPolicy");
  const statements = policy.isSet ? statementsOf(policy.value()) : undefined;
  if (policy.isSet && statements === undefined)
    policy.leave("has an element that statements of a definition do not have, such as NotAction");
  item.set("additional_policy_statements", statements);
}

function ssh({ config, group, item, managed, note }: GroupTranslation): void {
  const settings = group.at("ssh");
  const name = settings.at("publicKeyName").text();
  const key = settings.at("publicKey").text();
  const path = settings.at("publicKeyPath");
  item.set("key_name", name);
  item.set("public_key", key);
  const allow = settings.at("allow");
  const isAllowed = allow.peek() === true || (allow.peek() !== false && (name ?? key ?? path.peek()) !== undefined);
  allow.value();
  path.leave("a definition reads no files: write the text of the key as public_key");
  settings.at("enableSsm").skip("Session Manager is on by default");
  const sources = settings.at("sourceSecurityGroupIds");
  if (!isAllowed) {
    sources.skip("SSH is not allowed");
    return;
  }
  if (name === undefined && key === undefined) {
    sources.leave("belongs to a key: set public_key and remote_access");
    note("A group allows SSH by a key in a file of yours. Set public_key and remote_access, or use Session Manager.");
    return;
  }
  const ids = sources.texts();
  const range = String(config.at("vpc", "cidr").peek() ?? DEFAULT_RANGE);
  const cidr = !managed && group.at("privateNetworking").peek() === true ? range : ANYWHERE;
  item.set("remote_access", ids === undefined ? { cidrs: [cidr] } : { source_security_group_ids: ids });
}
