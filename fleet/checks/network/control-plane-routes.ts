import { listed } from "../../../language/suggest";
import { contains, overlaps } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import type { Networking } from "../../model/cluster";
import { routedRanges } from "../../network/connections";
import { makesConnections } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { vpcRanges } from "../../network/vpc-ranges";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const CLUSTER = ["tfvars", "cluster"] as const;

/** Returns the tier that has the network interfaces of the API server and of the resolver. */
export function controlPlaneTier(networking: Networking): "intra" | "private" {
  return hasTier(networking, "intra") ? "intra" : "private";
}

const apiAnswers: Check = ({ definition }) => {
  const { cluster, networking } = definition.tfvars;
  return answered(networking, [...CLUSTER, "private_access_cidrs"], cluster.private_access_cidrs, "the API answers it");
};

/** Returns a check of the networks of hybrid nodes, which the control plane calls. */
function remoteAnswers(key: "node_cidrs" | "pod_cidrs"): Check {
  return ({ definition }) => {
    const { cluster, networking } = definition.tfvars;
    const path = [...CLUSTER, "remote_networks", key];
    return answered(networking, path, cluster.remote_networks[key], "the control plane calls it");
  };
}

/** The resolver itself asks the servers of a rule that names no other endpoint. */
const resolverAsks: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  return eachItem([...NETWORKING, "resolver_rules"], networking.resolver_rules, [
    ({ resolver_endpoint_id, target_ips }) =>
      resolver_endpoint_id === undefined
        ? answered(networking, ["target_ips"], target_ips, "the resolver asks it")
        : [],
  ]);
};

function answered(networking: Networking, path: Path, ranges: readonly string[], what: string): Finding[] {
  if (!makesConnections(networking)) return [];
  return eachItem(path, ranges, [(range) => withoutRoute(networking, range, what)]);
}

/**
 * The API, the control plane and the resolver use the route tables of their own subnets. If only the tables of the nodes have the
 * routes of a connection, people and DNS queries get no answer although nothing looks wrong.
 */
function withoutRoute(networking: Networking, range: string, what: string): Finding[] {
  if (vpcRanges(networking).some((own) => overlaps(own, range))) return [];
  const tier = controlPlaneTier(networking);
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
