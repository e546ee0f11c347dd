import { memoryOf } from "../../../aws/instance-sizes";
import { bytesOf } from "../../../language/words/quantity";
import type { Path } from "../../../language/yaml/tree";
import { namedTypes } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";

const at = (key: string, ...rest: readonly string[]): Path => ["kubelet", key, ...rest];

/** Returns the bytes of a type; undefined if it is not in the list. */
function bytesOfType(type: string): number | undefined {
  const mib = memoryOf(type);
  return mib === undefined ? undefined : mib * 2 ** 20;
}

const LEAST_MEMORY = 2 ** 20;

/** A reservation or threshold in another unit than was meant, or beyond the memory of the node. */
const memoryOfNode: WorkerRule = (worker) => {
  const { eviction_hard, eviction_soft, kube_reserved, system_reserved } = worker.kubelet;
  const [first] = namedTypes(worker)
    .map((type) => ({ type, most: bytesOfType(type) }))
    .sort((one, other) => (one.most ?? Number.POSITIVE_INFINITY) - (other.most ?? Number.POSITIVE_INFINITY));
  const given: readonly (readonly [readonly string[], string | undefined])[] = [
    [["kube_reserved", "memory"], kube_reserved.memory],
    [["system_reserved", "memory"], system_reserved.memory],
    [["eviction_hard", "memory.available"], eviction_hard["memory.available"]],
    [["eviction_soft", "memory.available"], eviction_soft["memory.available"]],
  ];
  return given.flatMap(([[key = "", ...rest], value]): Finding[] => {
    const bytes = value === undefined || value.endsWith("%") ? undefined : bytesOf(value);
    if (bytes === undefined) return [];
    const path = at(key, ...rest);
    if (bytes < LEAST_MEMORY)
      return [{ path, message: `${value} is less than 1Mi, so it has no use. Write the unit, such as 100Mi` }];
    if (first?.most === undefined || bytes < first.most) return [];
    const has = `${first.most / 2 ** 30}Gi`;
    return [
      {
        path,
        message: `must be less than the memory of ${first.type} (${has} at most), but is ${value}. Reserve less, or use larger types`,
      },
    ];
  });
};

/** A node whose whole root volume is reserved runs no pod. */
const storageOfNode: WorkerRule = ({ kubelet, root_volume }) =>
  (["kube_reserved", "system_reserved"] as const).flatMap((key): Finding[] => {
    const value = kubelet[key]["ephemeral-storage"];
    const bytes = value === undefined ? undefined : bytesOf(value);
    if (bytes === undefined || bytes < root_volume.size_gib * 2 ** 30) return [];
    const message = `must be less than the root volume (root_volume.size_gib: ${root_volume.size_gib}), but is ${value}. Reserve less, or enlarge the volume`;
    return [{ path: at(key, "ephemeral-storage"), message }];
  });

/** Resources of which the system and the images of an idle node use more than a tenth. */
const PARTLY_USED = ["memory.available", "nodefs.available", "imagefs.available"];

/** A threshold that even an idle node exceeds evicts every pod at once. */
const wholeEviction: WorkerRule = ({ kubelet }) =>
  (["eviction_hard", "eviction_soft"] as const).flatMap((key) =>
    Object.entries(kubelet[key]).flatMap(([signal, threshold]): Finding[] => {
      const share = threshold?.endsWith("%") ? Number(threshold.slice(0, -1)) : 0;
      if (share < (PARTLY_USED.includes(signal) ? 90 : 100)) return [];
      const message = `evicts every pod, because less than ${threshold} is always free. Set what must stay free, such as 10%`;
      return [{ path: at(key, signal), message }];
    }),
  );

export const checkKubeletMemory = eachWorker([memoryOfNode, storageOfNode, wholeEviction]);
