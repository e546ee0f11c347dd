import type { Translation } from "./translation";

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
