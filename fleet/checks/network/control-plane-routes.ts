import { listed } from "../../../language/suggest";
import { contains, overlaps } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import type { Networking } from "../../model/cluster";
import { routedRanges } from "../../network/connections";
import { makesConnections } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { vpcRanges } from "../../network/vpc-ranges";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const CLUSTER = ["tfvars", "cluster"] as const;

/** A range outside of the VPC that something in the control plane's subnets talks to. */
interface Talk {
  readonly cidr: string;
  readonly path: Path;
  /** Who talks to it there. */
  readonly who: string;
}

/** The tier that the API's interfaces are in, and those of the resolver. */
export function controlPlaneTier(networking: Networking): "intra" | "private" {
  return hasTier(networking, "intra") ? "intra" : "private";
}

/**
 * The API answers, and the control plane and the resolver ask, by the route tables of their own subnets: a connection whose routes
 * the nodes alone get leaves people and DNS queries without an answer, though nothing looks wrong.
 */
export const checkControlPlaneRoutes: Check = ({ definition }) => {
  const { cluster, networking } = definition.tfvars;
  if (!makesConnections(networking)) return [];
  const { node_cidrs, pod_cidrs } = cluster.remote_networks;
  const api = cluster.private_access_cidrs.map((cidr, index): Talk => {
    return { cidr, path: [...CLUSTER, "private_access_cidrs", index], who: "the API answers it" };
  });
  const remote = Object.entries({ node_cidrs, pod_cidrs }).flatMap(([key, cidrs]) =>
    cidrs.map((cidr, index): Talk => {
      return { cidr, path: [...CLUSTER, "remote_networks", key, index], who: "the control plane calls it" };
    }),
  );
  const servers = networking.resolver_rules.flatMap(({ resolver_endpoint_id, target_ips }, rule) =>
    (resolver_endpoint_id === undefined ? target_ips : []).map((ip, index): Talk => {
      const path = [...NETWORKING, "resolver_rules", rule, "target_ips", index];
      return { cidr: `${ip}/32`, path, who: "the resolver asks it" };
    }),
  );
  return [...api, ...remote, ...servers].flatMap((talk) => withoutRoute(talk, networking));
};

function withoutRoute({ cidr, path, who }: Talk, networking: Networking): Finding[] {
  if (vpcRanges(networking).some((own) => overlaps(own, cidr))) return [];
  const tier = controlPlaneTier(networking);
  const ways = routedRanges(networking).filter((way) => contains(way.cidr, cidr));
  if (ways.length === 0 || ways.some(({ tiers }) => tiers.includes(tier))) return [];
  const connections = listed([...new Set(ways.map(({ connection }) => connection))]);
  const message = `${cidr.replace("/32", "")} lies behind ${connections}, and ${who} from the ${tier} subnets, which have no route there: add ${tier} to the connection's tiers`;
  const given = ways.map((way) => [...NETWORKING, ...way.path.slice(0, 2), "tiers"]);
  return [{ path, given, message }];
}
