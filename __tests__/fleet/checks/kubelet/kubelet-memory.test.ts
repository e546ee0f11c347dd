import { testMessages } from "../../../support/definition";

const kubelet = (text: string, types = "m6i.large"): string => `instance_types: [${types}]\nkubelet: { ${text} }`;
const at = (path: string, message: string): string => `tfvars.workers[general].kubelet.${path}: ${message}`;
const beyond = (type: string, has: string, value: string): string =>
  `must be less than the memory of ${type} (${has} at most), but is ${value}. Reserve less, or use larger types`;
const evicts = (threshold: string): string =>
  `evicts every pod, because less than ${threshold} is always free. Set what must stay free, such as 10%`;

testMessages({
  "refuses a reservation of all memory": {
    worker: kubelet("kube_reserved: { memory: 8Gi }"),
    reports: [at("kube_reserved.memory", beyond("m6i.large", "8Gi", "8Gi"))],
  },
  "accepts a reservation below all memory": { worker: kubelet("kube_reserved: { memory: 8191Mi }"), reports: [] },
  "compares with the type that has the least memory": {
    worker: kubelet("system_reserved: { memory: 4Gi }", "m6i.large, c6i.large"),
    reports: [at("system_reserved.memory", beyond("c6i.large", "4Gi", "4Gi"))],
  },
  "refuses less than 1Mi": {
    worker: kubelet("kube_reserved: { memory: 1023Ki }"),
    reports: [at("kube_reserved.memory", "1023Ki is less than 1Mi, so it has no use. Write the unit, such as 100Mi")],
  },
  "accepts 1Mi": { worker: kubelet("kube_reserved: { memory: 1Mi }"), reports: [] },
  "refuses to evict below 90 % of the memory": {
    worker: kubelet("eviction_hard: { memory.available: 90% }"),
    reports: [at("eviction_hard.memory.available", evicts("90%"))],
  },
  "accepts to evict below 89 % of the memory": {
    worker: kubelet("eviction_hard: { memory.available: 89% }"),
    reports: [],
  },
  "refuses to evict below all of the inodes": {
    worker: kubelet("eviction_hard: { nodefs.inodesFree: 100% }"),
    reports: [at("eviction_hard.nodefs.inodesFree", evicts("100%"))],
  },
  "accepts to evict below 99 % of the inodes": {
    worker: kubelet("eviction_hard: { nodefs.inodesFree: 99% }"),
    reports: [],
  },
  "refuses an eviction beyond the memory": {
    worker: kubelet("eviction_hard: { memory.available: 8Gi }"),
    reports: [at("eviction_hard.memory.available", beyond("m6i.large", "8Gi", "8Gi"))],
  },
  "refuses to reserve the whole root volume": {
    worker: `${kubelet("kube_reserved: { ephemeral-storage: 20Gi }")}\nroot_volume: { size_gib: 20 }`,
    reports: [
      at(
        "kube_reserved.ephemeral-storage",
        "must be less than the root volume (root_volume.size_gib: 20), but is 20Gi. Reserve less, or enlarge the volume",
      ),
    ],
  },
  "accepts to reserve less than the root volume": {
    worker: `${kubelet("kube_reserved: { ephemeral-storage: 19Gi }")}\nroot_volume: { size_gib: 20 }`,
    reports: [],
  },
});
