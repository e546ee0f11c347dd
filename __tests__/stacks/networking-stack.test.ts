import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account, Cluster, PeerCluster } from "../../fleet/model/cluster";
import { planCluster } from "../../fleet/plan/cluster-plan";
import { NetworkingStack } from "../../stacks/networking-stack";
import { account, clusterOf } from "../support/cluster";
import { type Synthesized, synthStacks } from "../support/synth";

const other: Account = {
  ...account,
  name: "other",
  id: "222222222222",
  roles: { deploy: "arn:aws:iam::222222222222:role/deploy", plan: "arn:aws:iam::222222222222:role/plan" },
  state: { bucket: "example-other-state", region: "us-east-1", role_arn: null },
};

const peerIn = (region: string, rest: Partial<Cluster> = {}): PeerCluster =>
  clusterOf(
    { common: { aws_region: region }, networking: { vpc_cidr: "10.7.0.0/16", availability_zones: 2 } },
    { name: "b.example.com", slug: "b-example-com", ...rest },
  );

function synthStack(peer: PeerCluster): Synthesized {
  const peering = {
    name: "b",
    cluster: "b.example.com",
    tiers: ["intra" as const],
    peer_tiers: ["private" as const],
    allow_remote_vpc_dns_resolution: true,
  };
  const cluster = clusterOf({ networking: { vpc_peering_connections: [peering] } }, { peers: [peer] });
  return synthStacks((scope) => ({ networking: new NetworkingStack(scope, cluster, planCluster(cluster)) })).networking;
}

const OUTPUTS = "data.terraform_remote_state.peer_b_example_com.outputs";
const back = (tf: Synthesized) =>
  Object.entries(tf.all("aws_route"))
    .filter(([address]) => address.includes("_back_"))
    .map(([, { provider, route_table_id }]) => ({ provider, route_table_id }));

describe("a peered cluster", () => {
  test("is read from the state of the peered network", () => {
    const tf = synthStack(peerIn("eu-west-1", { account: other }));

    expect(tf.at("data", "terraform_remote_state", "peer_b_example_com")).toMatchObject({
      backend: "s3",
      config: { bucket: "example-other-state", region: "us-east-1", key: "b.example.com/networking.tfstate" },
    });
    expect(tf.only("aws_vpc_peering_connection")["peer_vpc_id"]).toBe(`\${${OUTPUTS}.vpc_id}`);
  });

  test("in the same account and region uses the same provider", () => {
    const tf = synthStack(peerIn("eu-west-1"));

    expect(tf.at("provider", "aws")).toHaveLength(1);
    expect(tf.addresses("aws_vpc_peering_connection_accepter")).toEqual([]);
    expect(back(tf)).toEqual([
      { provider: undefined, route_table_id: `\${${OUTPUTS}.route_table_ids.private[0]}` },
      { provider: undefined, route_table_id: `\${${OUTPUTS}.route_table_ids.private[1]}` },
    ]);
  });

  test("in another region uses a provider of that region, with the same role", () => {
    const tf = synthStack(peerIn("us-east-1"));
    const [, there] = tf.at("provider", "aws") as Record<string, unknown>[];

    expect(there).toMatchObject({
      alias: "peer_b_example_com",
      region: "us-east-1",
      allowed_account_ids: ["111111111111"],
      assume_role: [{ role_arn: "${var.role_arn}" }],
    });
    expect(tf.only("aws_vpc_peering_connection")).toMatchObject({
      peer_owner_id: "111111111111",
      peer_region: "us-east-1",
    });
    expect(back(tf).map(({ provider }) => provider)).toEqual(["aws.peer_b_example_com", "aws.peer_b_example_com"]);
  });

  test("in another account uses that account's role, which plans may replace, and each side has its own options", () => {
    const tf = synthStack(peerIn("eu-west-1", { account: other }));
    const [, there] = tf.at("provider", "aws") as Record<string, unknown>[];

    expect(there).toMatchObject({
      allowed_account_ids: ["222222222222"],
      assume_role: [{ role_arn: "${var.role_arn_222222222222}" }],
    });
    expect(tf.at("variable", "role_arn_222222222222")).toMatchObject({
      type: "string",
      default: "arn:aws:iam::222222222222:role/deploy",
    });
    expect(tf.at("locals")).toEqual({
      plan_role_of_peer_b_example_com: "arn:aws:iam::222222222222:role/plan", // CI plans with it
    });
    expect(tf.only("aws_vpc_peering_connection_accepter")).toMatchObject({
      auto_accept: true,
      provider: "aws.peer_b_example_com",
    });
    const options = Object.values(tf.all("aws_vpc_peering_connection_options"));
    expect(options.map(({ accepter, provider, requester }) => ({ accepter, provider, requester }))).toEqual([
      {
        accepter: { allow_remote_vpc_dns_resolution: true },
        provider: "aws.peer_b_example_com",
        requester: undefined,
      },
      { accepter: undefined, provider: undefined, requester: { allow_remote_vpc_dns_resolution: true } },
    ]);
  });
});

test("every connection keeps its state addresses, which contain its kind and its name", () => {
  const tier = { tiers: ["intra" as const] };
  const cluster = clusterOf(
    {
      networking: {
        availability_zones: 2,
        interface_endpoints: ["ecr.api"],
        dhcp_options: { domain_name: "in.example.com" },
        public_access_block_exclusions: { vpc: "allow-egress" },
        flow_logs: { destination: "s3", kms_key: "own" },
        vpc_peering_connections: [
          {
            ...{ name: "b", cluster: "b.example.com", ...tier, peer_tiers: ["intra"] },
            allow_remote_vpc_dns_resolution: true,
          },
        ],
        transit_gateway_attachments: [
          {
            ...{ name: "backbone", transit_gateway_id: "tgw-0123456789abcdef0", ...tier },
            destination_cidrs: ["10.60.0.0/16"],
            association_route_table_id: "tgw-rtb-0123456789abcdef0",
            propagation_route_table_ids: ["tgw-rtb-0123456789abcdef0"],
          },
        ],
        vpn_connections: (["static", "bgp"] as const).map((routing, index) => ({
          ...{ name: `by-${routing}`, routing, ...tier, destination_cidrs: ["192.168.0.0/24"] },
          customer_gateway: { ip_address: `203.0.113.${index}`, bgp_asn: 65000 },
        })),
        client_vpn_associations: [
          {
            ...{ name: "people", client_vpn_endpoint_id: "cvpn-endpoint-0123456789abcdef0", tier: "intra" },
            availability_zones: ["eu-west-1a"],
          },
        ],
        private_zones: [{ name: "internal", domain: "in.example.com" }],
        private_zone_associations: [{ name: "shared", zone_id: "Z0123456789" }],
        resolver_rules: [{ name: "corp", domain_name: "corp.example.com", target_ips: ["10.60.0.10"] }],
        resolver_rule_associations: [{ name: "shared", resolver_rule_id: "rslvr-rr-0123456789abcdef0" }],
      },
    },
    { peers: [peerIn("us-east-1")] },
  );
  const { networking } = synthStacks((scope) => ({
    networking: new NetworkingStack(scope, cluster, planCluster(cluster)),
  }));
  const ours = networking.addresses().filter((address) => !/\.network_(?!flow-logs)/.test(address));

  const golden = join(__dirname, "__golden__/connections-addresses.txt");
  const text = `${ours.join("\n")}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, "utf8"));
});

describe("an existing VPC", () => {
  const existing = { vpc_id: "vpc-0a1b2c3d", subnet_tags: { private: { Tier: "app" } } };
  const asked = {
    private_zones: [{ name: "internal", domain: "in.example.com" }],
    interface_endpoints: ["sts" as const],
    dhcp_options: { domain_name: "in.example.com" },
  };
  const synthExisting = (added: object) => {
    const cluster = clusterOf({ networking: { ...asked, existing_vpc: { ...existing, ...added } } });
    return synthStacks((scope) => ({ networking: new NetworkingStack(scope, cluster, planCluster(cluster)) }))
      .networking;
  };

  test("is not changed", () => {
    expect(synthExisting({}).addresses()).toEqual([]);
  });

  test("gets only the additions that the definition enables", () => {
    const both = synthExisting({
      add_endpoints: true,
      add_connections: true,
      route_table_ids: { private: ["rtb-00000001"] },
    });

    expect(both.addresses().map((address) => address.split(".")[0])).toEqual([
      "aws_route53_zone",
      "aws_security_group",
      "aws_vpc_endpoint",
      "aws_vpc_endpoint",
      "aws_vpc_security_group_ingress_rule",
    ]);
    expect(both.only("aws_vpc_security_group_ingress_rule")["cidr_ipv4"]).toBe("10.0.0.0/16");
  });
});
