import { instanceLimits } from "../../../aws/instance-types";
import type { Tfvars } from "../../model/cluster";
import { podTier } from "../../network/subnets";
import { maxPods, wouldMiscount } from "../../nodes/max-pods";
import { recommendedPods } from "../../nodes/node-addresses";
import { namedTypes } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";

/** A node counts pods by its interfaces alone, so only max_pods can correct the count of a type without known limits. */
const maxPodsOfUnknownTypes: WorkerRule = (worker, { definition: { tfvars } }) => {
  if (!wouldMiscount(tfvars, worker) || maxPods(tfvars, worker) !== null) return [];
  const unknown = namedTypes(worker).findIndex((type) => instanceLimits(type) === undefined);
  const path = worker.instance_requirements === null ? ["instance_types", unknown] : ["instance_requirements"];
  const message = `has no known pod limit, and a node's own count ignores ${ignored(tfvars)}. Set kubelet.max_pods for the smallest type: ${most(tfvars)}`;
  return [{ severity: "warning", path, message }];
};

function ignored({ cluster, networking }: Tfvars): string {
  if (networking.ip_family === "ipv6") return "IPv6";
  return cluster.vpc_cni.prefix_delegation ? "prefix_delegation" : "subnets for pods";
}

function most(tfvars: Tfvars): string {
  if (tfvars.networking.ip_family === "ipv6") return RECOMMENDED;
  const interfaces = podTier(tfvars) === "pod" ? "(interfaces - 1)" : "interfaces";
  const { prefix_delegation } = tfvars.cluster.vpc_cni;
  const addresses = `${interfaces} * (addresses of each - 1)${prefix_delegation ? " * 16" : ""} + 2`;
  return prefix_delegation ? `the lesser of ${addresses} and ${RECOMMENDED}` : addresses;
}

const RECOMMENDED = `${recommendedPods(2)} (${recommendedPods(30)} from 30 vCPUs on)`;

export const checkMaxPods = eachWorker([maxPodsOfUnknownTypes]);
