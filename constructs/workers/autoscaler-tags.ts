import { operatingSystemOf, stockImage } from "../../aws/ami";
import { instanceLimits } from "../../aws/instance-types";
import { neuronChips } from "../../aws/neuron";
import type { Worker } from "../../fleet/model/cluster";
import { namedTypes } from "../../fleet/nodes/worker-kind";
import { nodeLabels } from "./node-labels";

const PREFIX = "k8s.io/cluster-autoscaler";
const ENABLED = `${PREFIX}/enabled`;

/**
 * Takes the group of a managed node group from the autoscaler. EKS tags every one for it, and it would resize a group of fixed
 * size too: the autoscaler asks for the tag's value, so another value keeps it away.
 */
export const HANDS_OFF: Readonly<Record<string, string>> = { [ENABLED]: "false" };

/**
 * Tags of an Auto Scaling group by which cluster-autoscaler finds it, and learns what a node of it would be like while it has
 * none. EKS copies neither labels nor taints to the group of a managed node group. A key that is tainted twice, with two
 * effects, keeps the last: a tag has one value.
 */
export function autoscalerTags(slug: string, worker: Worker): Readonly<Record<string, string>> {
  const { autoscaling, taints } = worker;
  if (!autoscaling) return {};
  const disk = podDisk(worker);
  return {
    [ENABLED]: "true",
    [`${PREFIX}/${slug}`]: "owned",
    ...prefixed("resources", {
      ...(disk === null ? {} : { "ephemeral-storage": `${usable(disk)}Gi` }),
      ...requiredResources(worker),
      ...deviceResources(worker),
    }),
    ...prefixed("label", { ...zonalLabels(worker), ...systemLabels(worker) }),
    ...Object.fromEntries(
      Object.entries(nodeLabels(worker)).map(([key, value]) => [`${PREFIX}/node-template/label/${key}`, value]),
    ),
    ...Object.fromEntries(
      taints.map(({ key, value, effect }) => [`${PREFIX}/node-template/taint/${key}`, `${value}:${effect}`]),
    ),
  };
}

/** GiB of the disk that pods are on; null where nobody said. */
function podDisk({ local_storage_gib, local_storage_strategy, root_volume }: Worker): number | null {
  const local = local_storage_strategy === "RAID0" || local_storage_strategy === "RAID10";
  return local ? local_storage_gib : root_volume.size_gib;
}

/**
 * What pods may have of such a disk: the kubelet evicts at a tenth, keeps a GiB for itself, and the file system takes its share.
 * CPU and memory the autoscaler knows by the instance type; a disk it takes for none.
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
 * Where EC2 chooses among many types, the autoscaler would take the first for all: this is what every one of them has at least,
 * so that it never adds a node on which the pod does not fit.
 */
function requiredResources(worker: Worker): Readonly<Record<string, string>> {
  const { instance_requirements } = worker;
  if (instance_requirements === null) return {};
  const { accelerator_count, memory_mib, vcpu_count } = instance_requirements;
  const gpus = accelerator_count?.min ?? 0;
  return {
    ...(vcpu_count.min > 0 ? { cpu: String(vcpu_count.min) } : {}),
    ...(memory_mib.min > 0 ? { memory: `${memory_mib.min}Mi` } : {}),
    ...(gpus > 0 && stockImage(worker)?.accelerator === "nvidia" ? { "nvidia.com/gpu": String(gpus) } : {}),
  };
}

/**
 * The zone of a group of one zone, as the EBS driver labels nodes: the autoscaler knows the zone by Kubernetes' label, but a volume
 * asks for the driver's, and a group without nodes would seem to be out of its reach.
 */
function zonalLabels({ availability_zones }: Worker): Readonly<Record<string, string>> {
  const [zone, ...others] = availability_zones;
  return zone === undefined || others.length > 0 ? {} : { "topology.ebs.csi.aws.com/zone": zone };
}

/**
 * What pods ask for by name, and the autoscaler knows of no instance type: adapters, Neuron's chips, and on Windows an address each,
 * which the control plane adds to every pod. Of several types, what each of them has.
 */
function deviceResources(worker: Worker): Readonly<Record<string, string>> {
  const { efa_interface_count } = worker;
  const chips = leastOf(worker, neuronChips);
  // The first address of the one interface is the node's.
  const addresses =
    operatingSystemOf(worker) === "WINDOWS" ? leastOf(worker, (type) => instanceLimits(type)?.addresses) : undefined;
  return {
    ...(efa_interface_count === null ? {} : { "vpc.amazonaws.com/efa": String(efa_interface_count) }),
    ...(chips === undefined ? {} : { "aws.amazon.com/neuron": String(chips) }),
    ...(addresses === undefined ? {} : { "vpc.amazonaws.com/PrivateIPv4Address": String(addresses - 1) }),
  };
}

/** Undefined where a type has none, or nobody says how many. */
function leastOf(worker: Worker, countOf: (instanceType: string) => number | undefined): number | undefined {
  const counts = namedTypes(worker).map(countOf);
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 || known.length < counts.length ? undefined : Math.min(...known);
}

/** The autoscaler takes every node for one of Linux, and pods of Windows choose theirs by this label. */
function systemLabels(worker: Worker): Readonly<Record<string, string>> {
  return operatingSystemOf(worker) === "WINDOWS" ? { "kubernetes.io/os": "windows" } : {};
}
