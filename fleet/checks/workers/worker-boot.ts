import { type OperatingSystem, operatingSystemOf } from "../../../aws/ami";
import { hasInstanceStore } from "../../../aws/instance-types";
import type { Path } from "../../../language/yaml/tree";
import { BOUNDARY } from "../../nodes/user-data/mime";
import { MOST_BYTES, userData } from "../../nodes/user-data/user-data";
import { workerKind } from "../../nodes/worker-kind";
import { eachNamedType, eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";
import { harmfulCommand } from "../instances/harmful-commands";
import { insecureDownload } from "../instances/insecure-downloads";
import { bottlerocketSettings } from "./bottlerocket-settings";
import { nodeConfig, overriddenKubelet } from "./node-config";

const SCRIPTS = ["pre_bootstrap_script", "post_bootstrap_script"] as const;

const script =
  (key: (typeof SCRIPTS)[number]): WorkerRule =>
  (worker) => {
    const { [key]: text } = worker;
    return text === null ? [] : scriptFindings(text, operatingSystemOf(worker), [key]);
  };

/** Returns what is reported of a script for an operating system. */
export function scriptFindings(script: string, system: OperatingSystem, path: Path): Finding[] {
  const wrong = WRONG_SCRIPT[system](script);
  const risks = [insecureDownload(script), harmfulCommand(script)].flatMap((risk) => risk ?? []);
  return [
    ...(wrong === undefined ? [] : [{ path, message: wrong }]),
    ...risks.map((message) => ({ path, message, severity: "warning" as const })),
  ];
}

/** Returns what is wrong with a script for an operating system, and what to do about it. */
const WRONG_SCRIPT: Readonly<Record<OperatingSystem, (script: string) => string | undefined>> = {
  AL2023: (script) => {
    if (/<\/?powershell>/i.test(script)) return "is PowerShell, but AL2023 runs shell scripts. Write a shell script";
    if (/\/etc\/eks\/bootstrap\.sh|--kubelet-extra-args|KUBELET_EXTRA_ARGS/.test(script))
      return "calls bootstrap.sh, which AL2023 does not have. Use kubelet, labels, taints or node_config instead";
    if (new RegExp(`^--${BOUNDARY}`, "m").test(script))
      return `has a line that begins with --${BOUNDARY}, which ends this part of the user data. Change that line`;
    return undefined;
  },
  BOTTLEROCKET: () =>
    "cannot run, because Bottlerocket has no shell. Use bottlerocket_settings, or run an image with bottlerocket_settings.bootstrap-containers",
  WINDOWS: (script) => {
    if (script.startsWith("#!")) return "is a shell script, but Windows runs PowerShell. Write a PowerShell script";
    if (/<\/?powershell>/i.test(script))
      return "must not contain <powershell> tags, because the user data has them already. Remove the tags";
    if (/Start-EKSBootstrap/i.test(script))
      return "must not run Start-EKSBootstrap.ps1, because the user data runs it after this script. Remove the call";
    return undefined;
  },
};

const lateOnWindows: WorkerRule = (worker) => {
  if (worker.post_bootstrap_script === null || operatingSystemOf(worker) !== "WINDOWS") return [];
  if (workerKind(worker) !== "managed") return [];
  const message =
    "cannot run in a managed Windows group, because EKS puts its own commands last. Use pre_bootstrap_script";
  return [{ path: ["post_bootstrap_script"], message }];
};

const localStorage: WorkerRule = (worker) => {
  const { local_storage_strategy: strategy } = worker;
  if (strategy === null) return [];
  const path = ["local_storage_strategy"];
  const system = operatingSystemOf(worker);
  if (system === "WINDOWS") return [noEffect(path, "Windows formats no disks for pods")];
  if (system === "AL2023" || strategy === "RAID0") return [];
  return [{ path, message: `must be RAID0 on Bottlerocket, but is ${strategy}` }];
};

const instanceStore = eachNamedType((type, worker) => {
  if (worker.local_storage_strategy === null || operatingSystemOf(worker) === "WINDOWS") return undefined;
  if (hasInstanceStore(type)) return undefined;
  return `${type} has no instance store, which local_storage_strategy requires. Use a type that has one, such as m6id.large, or remove local_storage_strategy`;
});

/** Values at least as long as those of a real cluster. */
const JOIN = {
  name: "x".repeat(100),
  endpoint: "x".repeat(90),
  certificate_authority_data: "x".repeat(1700),
  service_cidr: "255.255.255.255/24",
  dns_ip: "255.255.255.255",
};

/** Below this sum of lengths, user data cannot be too long. Rendering all user data takes a fifth of the time of a load. */
const SHORT_ENOUGH = MOST_BYTES / 4;

const size: WorkerRule = (worker) => {
  const scripts = [worker.pre_bootstrap_script, worker.post_bootstrap_script, worker.node_config];
  const more = [worker.bottlerocket_settings, worker.kubelet, worker.labels, worker.taints, worker.data_volumes];
  if ([...scripts, ...more].reduce<number>((sum, value) => sum + length(value), 0) < SHORT_ENOUGH) return [];
  const text = userData({ worker, labels: worker.labels, join: JOIN }) ?? "";
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_BYTES) return [];
  const keys = ["pre_bootstrap_script", "post_bootstrap_script", "node_config", "bottlerocket_settings"] as const;
  const longest = keys.reduce((one, other) => (length(worker[other]) > length(worker[one]) ? other : one));
  const message = `increases the user data to about ${bytes} bytes, but EC2 accepts ${MOST_BYTES}. Put long parts into the image, or download them when the node boots`;
  return [{ path: [longest], message }];
};

const lengths = new WeakMap<object, number>();

/** Computed once for each value, because most groups share the values of a layer. */
function length(value: unknown): number {
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value.length : 0;
  const known = lengths.get(value) ?? JSON.stringify(value).length;
  lengths.set(value, known);
  return known;
}

export const checkBoot = eachWorker([
  ...SCRIPTS.map(script),
  lateOnWindows,
  nodeConfig,
  overriddenKubelet,
  (worker) => bottlerocketSettings(worker, worker.ami_type !== "CUSTOM" && workerKind(worker) === "managed"),
  localStorage,
  instanceStore,
  size,
]);
