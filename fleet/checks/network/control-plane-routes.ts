import { listed } from "../../../language/suggest";
import { contains, overlaps } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import { controlPlaneTier } from "../../control-plane/control-plane-tier";
import type { Networking } from "../../model/cluster";
import { routedRanges } from "../../network/connections";
import { makesConnections } from "../../network/existing-vpc";
import { connectionTier } from "../../network/subnets";
import { vpcRanges } from "../../network/vpc-ranges";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const CLUSTER = ["tfvars", "cluster"] as const;

const apiAnswers: Check = ({ definition }) => {
  const { cluster, networking } = definition.tfvars;
  const from = { tier: controlPlaneTier(definition), what: "the API answers it" };
  return answered(networking, [...CLUSTER, "private_access_cidrs"], cluster.private_access_cidrs, from);
};

/** Returns a check of the networks of hybrid nodes, which the control plane calls. */
function remoteAnswers(key: "node_cidrs" | "pod_cidrs"): Check {
  return ({ definition }) => {
    const { cluster, networking } = definition.tfvars;
    const path = [...CLUSTER, "remote_networks", key];
    const from = { tier: controlPlaneTier(definition), what: "the control plane calls it" };
    return answered(networking, path, cluster.remote_networks[key], from);
  };
}

/** The resolver itself queries the servers of a rule that names no other endpoint. */
const resolverAsks: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  const from = { tier: connectionTier(networking), what: "the resolver asks it" };
  return eachItem([...NETWORKING, "resolver_rules"], networking.resolver_rules, [
    ({ resolver_endpoint_id, target_ips }) =>
      resolver_endpoint_id === undefined ? answered(networking, ["target_ips"], target_ips, from) : [],
  ]);
};

/** The component that calls or answers a range, and the tier that has its network interfaces. */
interface Caller {
  readonly tier: "intra" | "private";
  readonly what: string;
}

function answered(networking: Networking, path: Path, ranges: readonly string[], caller: Caller): Finding[] {
  if (!makesConnections(networking)) return [];
  return eachItem(path, ranges, [(range) => withoutRoute(networking, range, caller)]);
}

/**
 * The API, the control plane and the resolver use the route tables of their own subnets. If only the tables of the nodes have the
 * routes of a connection, people and DNS queries get no answer although nothing looks wrong.
 */
function withoutRoute(networking: Networking, range: string, { tier, what }: Caller): Finding[] {
  if (vpcRanges(networking).some((own) => overlaps(own, range))) return [];
  const ways = routedRanges(networking).filter((way) => contains(way.cidr, range));
  if (ways.length === 0 || ways.some(({ tiers }) => tiers.includes(tier))) return [];
  const connections = listed([...new Set(ways.map(({ connection }) => connection))]);
  const message = `${range} is reached through ${connections}, but ${what} from the ${tier} subnets, which have no route to it. Add ${tier} to the tiers of the connection`;
  return [{ path: [], message }];
}

export const controlPlaneRouteRules: readonly Check[] = [
  apiAnswers,
  remoteAnswers("node_cidrs"),
  remoteAnswers("pod_cidrs"),
  resolverAsks,
];
