import { policiesOf as accessPoliciesOf } from "./access";
import type { Config } from "./config";
import { policiesOf } from "./identity";
import type { Translation } from "./translation";

/** Translates Fargate profiles. */
export function translateFargate({ config, draft }: Translation): void {
  const shared = config.at("iam", "fargatePodExecutionRoleARN").text();
  for (const profile of config.at("fargateProfiles").items()) {
    const item = draft.item("fargate_profiles");
    item.set("name", profile.at("name").text());
    const selectors = profile.at("selectors").items();
    item.set(
      "selectors",
      selectors.map((selector) => {
        const labels = selector.at("labels").map();
        return { namespace: selector.at("namespace").text(), ...(labels !== undefined && { labels }) };
      }),
    );
    item.set("pod_execution_role_arn", profile.at("podExecutionRoleARN").text() ?? shared);
    profile.at("subnets").leave("a profile uses the subnets of a tier: set subnet_tier and availability_zones");
    profile.at("status").skip("eksctl writes it");
    item.set("tags", profile.at("tags").map());
  }
}

/** Translates capabilities of EKS. */
export function translateCapabilities(translation: Translation): void {
  const { boundaries, config, draft } = translation;
  for (const capability of config.at("capabilities").items()) {
    const item = draft.section("cluster").item("capabilities");
    item.set("name", capability.at("name").text());
    item.set("type", capability.at("type").text());
    const { arns, statements } = policiesOf(capability, translation);
    item.set("managed_policy_arns", arns.length === 0 ? undefined : arns);
    item.set("statements", statements.length === 0 ? undefined : statements);
    item.set("role_arn", capability.at("roleArn").text());
    const policies = accessPoliciesOf(capability.at("accessPolicies"));
    item.set("access_policies", policies.length === 0 ? undefined : policies);
    item.set("argo_cd", argoCd(capability.at("configuration", "argocd")));
    boundaries.push(capability.at("permissionsBoundary"));
    capability.at("deletePropagationPolicy").skip("objects always remain, which is the only choice of EKS");
    capability.at("tags").leave("capabilities have the cluster's tags");
  }
}

function argoCd(config: Config): object | undefined {
  if (!config.isSet) return undefined;
  const mappings = config
    .at("rbacRoleMappings")
    .items()
    .map((each) => ({ role: each.at("role").text(), identities: each.at("identities").value() }));
  const settings = {
    idc_instance_arn: config.at("awsIdc", "idcInstanceArn").text(),
    idc_region: config.at("awsIdc", "idcRegion").text(),
    namespace: config.at("namespace").text(),
    vpce_ids: config.at("networkAccess", "vpceIds").texts(),
    rbac_role_mappings: mappings.length === 0 ? undefined : mappings,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

const PROVIDERS: Readonly<Record<string, string>> = { SSM: "SSM", IRA: "IAM_ROLES_ANYWHERE" };

/** Translates networks outside AWS, where hybrid nodes run. */
export function translateRemoteNetworks({ config, draft, note }: Translation): void {
  const remote = config.at("remoteNetworkConfig");
  if (!remote.isSet) return;
  const cluster = draft.section("cluster");
  const ranges = (key: string): string[] =>
    remote
      .at(key)
      .items()
      .flatMap((each) => each.at("cidrs").texts() ?? []);
  const nodes = ranges("remoteNodeNetworks");
  const pods = ranges("remotePodNetworks");
  cluster.set("remote_networks.node_cidrs", nodes);
  cluster.set("remote_networks.pod_cidrs", pods.length === 0 ? undefined : pods);
  const provider = remote.at("iam", "provider").text() ?? "SSM";
  const role = remote.at("iam", "roleARN").text();
  if (role === undefined) cluster.set("hybrid_nodes.credential_provider", PROVIDERS[provider] ?? provider);
  else {
    const item = cluster.item("access_entries");
    item.set("name", "hybrid-nodes").set("principal_arn", role).set("type", "HYBRID_LINUX");
  }
  const bundle = remote.at("iam", "caBundleCert");
  bundle.leave("create the trust anchor yourself, and set hybrid_nodes.trust_anchor_arn");
  const gateway = remote.at("vpcGatewayID");
  const id = gateway.text();
  if (id === undefined) return;
  const networking = draft.section("networking");
  if (id.startsWith("tgw-")) {
    const item = networking.item("transit_gateway_attachments");
    item
      .set("name", "remote")
      .set("transit_gateway_id", id)
      .set("destination_cidrs", [...nodes, ...pods]);
    item.set("tiers", ["private"]);
  } else {
    networking.set("vpn_gateway.id", id).set("vpn_gateway.propagation_tiers", ["private"]);
  }
  if (networking.has("existing_vpc")) {
    networking.set("existing_vpc.add_connections", true);
    note("The VPC exists: set existing_vpc.route_table_ids, so that routes to the remote networks can be added.");
  }
}
