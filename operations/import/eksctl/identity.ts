import type { Section } from "../draft";
import { nameOf } from "../name-of";
import type { Config } from "./config";
import { statementsOf } from "./statements";
import type { Translation } from "./translation";

const NAMES_ARE_DERIVED = "names of roles are derived from the cluster and the item";
const HAS_CLUSTER_TAGS = "roles have the cluster's tags";
const NO_STATEMENTS = "has an element that statements of a definition do not have, such as NotAction";

/** Managed policies of AWS, by eksctl's name of the well-known policy. */
const MANAGED: Readonly<Record<string, string>> = {
  imageBuilder: "AmazonEC2ContainerRegistryPowerUser",
  ebsCSIController: "service-role/AmazonEBSCSIDriverPolicy",
};

/** Addons whose role grants the permissions of a well-known policy. */
const ADDONS: Readonly<Record<string, string>> = {
  autoScaler: "cluster_autoscaler",
  awsLoadBalancerController: "aws_load_balancer_controller",
  externalDNS: "external_dns",
  certManager: "cert_manager",
  efsCSIController: "aws_efs_csi_driver",
};

/** Translates the roles of the control plane and of service accounts. */
export function translateIdentity(translation: Translation): void {
  const { boundaries, config, draft, partition } = translation;
  const cluster = draft.section("cluster");
  const iam = config.at("iam");
  const role = iam.at("serviceRoleARN").text();
  cluster.set("role_arn", role);
  iam.at("withOIDC").skip("the OIDC provider always exists");
  const controller = iam.at("vpcResourceControllerPolicy");
  if (role !== undefined) controller.skip("the role exists");
  else if (runsWindows(config)) controller.skip("the policy is always attached for Windows nodes");
  else if (controller.flag() !== false)
    cluster.set(
      "additional_policy_arns",
      [`arn:${partition}:iam::aws:policy/AmazonEKSVPCResourceController`],
      "eksctl's default",
    );
  boundaries.push(iam.at("serviceRolePermissionsBoundary"), iam.at("fargatePodExecutionRolePermissionsBoundary"));
  const taken = new Set<string>();
  for (const each of iam.at("serviceAccounts").items()) serviceAccount(each, taken, translation);
  for (const each of iam.at("podIdentityAssociations").items()) podIdentity(each, taken, translation);
}

function runsWindows(config: Config): boolean {
  const groups = ["nodeGroups", "managedNodeGroups"].flatMap((list) => config.at(list).items());
  return groups.some((group) => String(group.at("amiFamily").peek() ?? "").startsWith("Windows"));
}

function serviceAccount(config: Config, taken: Set<string>, translation: Translation): void {
  const metadata = config.at("metadata");
  const name = metadata.at("name").text() ?? "";
  const namespace = metadata.at("namespace").text() ?? "default";
  for (const key of ["labels", "annotations"])
    metadata.at(key).leave("this program does not create the service account; its owner sets them");
  config.at("status").skip("eksctl writes it");
  const existing = config.at("attachRoleARN");
  existing.leave("the role exists: annotate the service account with it, as eksctl did");
  if (existing.isSet) {
    for (const [key, each] of config.entries())
      if (!["attachRoleARN", "metadata", "status"].includes(key)) each.skip("the role exists");
    return;
  }
  config.at("roleName").leave(NAMES_ARE_DERIVED);
  config.at("roleOnly").skip("only the role is created, with any value");
  config.at("subjectPattern").leave("a role is for one service account: add one for each");
  config.at("tags").leave(HAS_CLUSTER_TAGS);
  const policies = policiesOf(config, translation);
  boundary(config.at("permissionsBoundary"), policies);
  if (policies.isEmpty) return;
  const item = translation.draft.section("cluster").item("service_account_roles");
  item.set("name", nameOf(name, taken));
  item.set("namespace", namespace);
  item.set("service_account", name);
  item.set("by", "irsa", "annotate the service account with the ARN of the new role");
  write(item, policies);
}

function podIdentity(config: Config, taken: Set<string>, translation: Translation): void {
  const { draft, serviceAccounts } = translation;
  const name = config.at("serviceAccountName").text() ?? "";
  const namespace = config.at("namespace").text() ?? "default";
  config.at("roleName").leave(NAMES_ARE_DERIVED);
  config.at("permissionPolicyName").leave(NAMES_ARE_DERIVED);
  config.at("policy").leave("the pinned version of Terraform's AWS provider has no session policies");
  config.at("tags").leave(HAS_CLUSTER_TAGS);
  if (config.at("createServiceAccount").flag() === true) serviceAccounts.push({ namespace, name });
  const role = config.at("roleARN").text();
  const policies = policiesOf(config, translation);
  boundary(config.at("permissionsBoundaryARN"), policies);
  if (role === undefined && policies.isEmpty) {
    for (const key of ["targetRoleARN", "disableSessionTags"])
      config.at(key).leave("belongs to a role, whose permissions could not be translated");
    return;
  }
  const item = draft.section("cluster").item("service_account_roles");
  item.set("name", nameOf(name, taken));
  item.set("namespace", namespace);
  item.set("service_account", name);
  item.set("by", "pod_identity");
  item.set("role_arn", role);
  write(item, policies);
  item.set("target_role_arn", config.at("targetRoleARN").text());
  item.set("disable_session_tags", config.at("disableSessionTags").flag());
}

interface Policies {
  readonly arns: readonly string[];
  readonly statements: readonly unknown[];
  readonly isEmpty: boolean;
  boundary?: string | undefined;
}

/** Returns the permissions of a role, and records those that an addon has in its own role. */
export function policiesOf(config: Config, { partition }: Pick<Translation, "partition">): Policies {
  const arns = [...(config.at("attachPolicyARNs").texts() ?? config.at("permissionPolicyARNs").texts() ?? [])];
  const written = config.at("attachPolicy").isSet ? config.at("attachPolicy") : config.at("permissionPolicy");
  const statements = written.isSet ? statementsOf(written.value()) : [];
  if (statements === undefined) written.leave(NO_STATEMENTS);
  for (const [name, each] of config.at("wellKnownPolicies").entries()) {
    if (each.peek() !== true) each.skip("is off");
    else if (MANAGED[name] !== undefined) {
      each.value();
      arns.push(`arn:${partition}:iam::aws:policy/${MANAGED[name]}`);
    } else {
      const addon = ADDONS[name] ?? name;
      each.leave(`the addon ${addon} has its own role with this permission: set addons.${addon}_enabled: true`);
    }
  }
  return { arns, statements: statements ?? [], isEmpty: arns.length === 0 && (statements ?? []).length === 0 };
}

function boundary(config: Config, policies: Policies): void {
  if (policies.isEmpty) config.skip("no role is created");
  else policies.boundary = config.text();
}

function write(item: Section, { arns, boundary: limit, statements }: Policies): void {
  item.set("managed_policy_arns", arns.length === 0 ? undefined : arns);
  item.set("statements", statements.length === 0 ? undefined : statements);
  item.set("permissions_boundary", limit);
}
