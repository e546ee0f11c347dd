import { stockImage } from "../../aws/ami";
import { instanceLimits } from "../../aws/instance-types";
import { neuronChips } from "../../aws/neuron";
import type { Worker } from "../../fleet/model/cluster";
import { namedTypes } from "../../fleet/nodes/worker-kind";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import { given } from "../../language/given";

const PREFIX = "k8s.io/cluster-autoscaler";
const ENABLED = `${PREFIX}/enabled`;

/**
 * Tags that keep the autoscaler away from the Auto Scaling group of a managed node group. EKS tags every such group for it, and it
 * would also resize a group of fixed size. The autoscaler requires the value `true`.
 */
export const HANDS_OFF: Readonly<Record<string, string>> = { [ENABLED]: "false" };

/**
 * Returns the tags by which cluster-autoscaler finds an Auto Scaling group, and predicts its nodes while it has none. EKS copies
 * neither labels nor taints to the group of a managed node group. Of two taints with the same key the last wins: a tag has one value.
 */
export function autoscalerTags(slug: string, group: NodeGroupPlan): Readonly<Record<string, string>> {
  const { labels, worker } = group;
  const { autoscaling, taints } = worker;
  if (!autoscaling) return {};
  const disk = podDisk(worker);
  return {
    [ENABLED]: "true",
    [`${PREFIX}/${slug}`]: "owned",
    ...prefixed("resources", {
      ...(disk !== null && { "ephemeral-storage": `${usable(disk)}Gi` }),
      ...requiredResources(worker),
      ...deviceResources(group),
    }),
    ...prefixed("label", { ...zonalLabels(worker), ...systemLabels(group) }),
    ...Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [`${PREFIX}/node-template/label/${key}`, value]),
    ),
    ...Object.fromEntries(
      taints.map(({ key, value, effect }) => [`${PREFIX}/node-template/taint/${key}`, `${value}:${effect}`]),
    ),
  };
}

/** Returns the GiB of the disk that pods use; null if unknown. */
function podDisk({ local_storage_gib, local_storage_strategy, root_volume }: Worker): number | null {
  const local = local_storage_strategy === "RAID0" || local_storage_strategy === "RAID10";
  return local ? local_storage_gib : root_volume.size_gib;
}

/**
 * Returns the part of a disk that pods can use: the kubelet evicts pods at 10 % free space and reserves 1 GiB, and the file system
 * needs some. The autoscaler derives CPU and memory from the instance type, but assumes that there is no disk.
 */
function usable(gib: number): number {
  return Math.floor(gib * 0.9) - 2;
}

function prefixed(kind: "resources" | "label", values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`${PREFIX}/node-template/${kind}/${key}`, value]),
  );
}

/**
 * Returns the resources that every type has at least, for groups whose types EC2 chooses. The autoscaler would assume the first type
 * for all, and could add nodes on which the pod does not fit.
 */
function requiredResources(worker: Worker): Readonly<Record<string, string>> {
  const { instance_requirements } = worker;
  if (instance_requirements === null) return {};
  const { accelerator_count, memory_mib, vcpu_count } = instance_requirements;
  const gpus = accelerator_count?.min ?? 0;
  return {
    ...(vcpu_count.min > 0 && { cpu: String(vcpu_count.min) }),
    ...(memory_mib.min > 0 && { memory: `${memory_mib.min}Mi` }),
    ...(gpus > 0 && stockImage(worker)?.accelerator === "nvidia" && { "nvidia.com/gpu": String(gpus) }),
  };
}

/**
 * Returns the zone of a group in one zone, by the EBS driver's label. The autoscaler derives only Kubernetes' own zone label, but
 * volumes require the driver's, so it would not add nodes to an empty group.
 */
function zonalLabels({ availability_zones }: Worker): Readonly<Record<string, string>> {
  const [zone, ...others] = availability_zones;
  return zone === undefined || others.length > 0 ? {} : { "topology.ebs.csi.aws.com/zone": zone };
}

/**
 * Returns the extended resources that the autoscaler cannot derive from an instance type: adapters, Neuron's chips and, on Windows,
 * an address for each pod, which the control plane requests for every pod. For several types, the least of them.
 */
function deviceResources({ operatingSystem, worker }: NodeGroupPlan): Readonly<Record<string, string>> {
  const { efa_interface_count } = worker;
  const chips = leastOf(worker, neuronChips);
  // The first address of the only interface is the node's.
  const addresses =
    operatingSystem === "WINDOWS" ? leastOf(worker, (type) => instanceLimits(type)?.addresses) : undefined;
  return given({
    "vpc.amazonaws.com/efa": efa_interface_count === null ? undefined : String(efa_interface_count),
    "aws.amazon.com/neuron": chips === undefined ? undefined : String(chips),
    "vpc.amazonaws.com/PrivateIPv4Address": addresses === undefined ? undefined : String(addresses - 1),
  }) as Readonly<Record<string, string>>;
}

/** Returns the least count of the group's types; undefined if a type has none, or if its count is unknown. */
function leastOf(worker: Worker, countOf: (instanceType: string) => number | undefined): number | undefined {
  const counts = namedTypes(worker).map(countOf);
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 || known.length < counts.length ? undefined : Math.min(...known);
}

/** Returns the label that Windows pods select their nodes by: the autoscaler assumes that every node runs Linux. */
function systemLabels({ operatingSystem }: NodeGroupPlan): Readonly<Record<string, string>> {
  return operatingSystem === "WINDOWS" ? { "kubernetes.io/os": "windows" } : {};
}
