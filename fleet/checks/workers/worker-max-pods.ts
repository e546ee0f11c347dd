import { instanceLimits } from "../../../aws/instance-types";
import type { Tfvars } from "../../model/cluster";
import { podTier } from "../../network/subnets";
import { maxPods, wouldMiscount } from "../../nodes/max-pods";
import { recommendedPods } from "../../nodes/node-addresses";
import { namedTypes } from "../../nodes/worker-kind";
import { ofEachWorker } from "../../rules/each-worker";
import type { Check } from "../../rules/finding";

/** Nodes that would miscount their pods, and are of types that are not known, have nobody but the definition to tell them. */
export const checkMaxPods: Check = (subject) => {
  const { tfvars } = subject.definition;
  return ofEachWorker(subject, (worker) => {
    if (!wouldMiscount(tfvars, worker) || maxPods(tfvars, worker) !== null) return [];
    const unknown = namedTypes(worker).findIndex((type) => instanceLimits(type) === undefined);
    const path = worker.instance_requirements === null ? ["instance_types", unknown] : ["instance_requirements"];
    const message = `leaves open how many pods a node takes, and its own count knows nothing of ${what(tfvars)}: set kubelet.max_pods to what the smallest type takes, ${most(tfvars)}`;
    return [{ severity: "warning", path, given: [["kubelet", "max_pods"], ["node_config"]], message }];
  });
};

function what({ cluster, networking }: Tfvars): string {
  if (networking.ip_family === "ipv6") return "IPv6";
  return cluster.vpc_cni.prefix_delegation ? "prefix_delegation" : "subnets for pods";
}

function most(tfvars: Tfvars): string {
  if (what(tfvars) === "IPv6") return RECOMMENDED;
  const interfaces = podTier(tfvars) === "pod" ? "(interfaces - 1)" : "interfaces";
  const { prefix_delegation } = tfvars.cluster.vpc_cni;
  const addresses = `${interfaces} * (addresses of each - 1)${prefix_delegation ? " * 16" : ""} + 2`;
  return prefix_delegation ? `the less of ${addresses} and ${RECOMMENDED}` : addresses;
}

const RECOMMENDED = `${recommendedPods(2)} (${recommendedPods(30)} from 30 vCPUs on)`;
