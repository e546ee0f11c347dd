import { type OperatingSystem, operatingSystemOf } from "../../../aws/ami";
import { hasInstanceStore } from "../../../aws/instance-types";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { BOUNDARY } from "../../nodes/user-data/mime";
import { MOST_BYTES, userData } from "../../nodes/user-data/user-data";
import { namedTypes, workerKind } from "../../nodes/worker-kind";
import { ofEachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { bottlerocketSettings } from "./bottlerocket-settings";
import { nodeConfig } from "./node-config";

const GIVEN: readonly Path[] = [["ami_type"], ["ami_family"]];

/** What a group's nodes are given to boot by is something that their operating system reads. */
export const checkBoot: Check = (subject) =>
  ofEachWorker(subject, (worker) => [
    ...scripts(worker),
    ...nodeConfig(worker),
    ...bottlerocketSettings(worker, worker.ami_type !== "CUSTOM" && workerKind(worker) === "managed"),
    ...localStorage(worker),
    ...size(worker),
  ]);

function scripts(worker: Worker): Finding[] {
  const system = operatingSystemOf(worker);
  return (["pre_bootstrap_script", "post_bootstrap_script"] as const).flatMap((key) => {
    const script = worker[key];
    if (script === null) return [];
    const message = WRONG_SCRIPT[system](script) ?? lateOnWindows(worker, key);
    return message === undefined ? [] : [{ path: [key], given: [...GIVEN, ["kind"]], message }];
  });
}

/** What an operating system would not run, with what to do instead. */
export const WRONG_SCRIPT: Readonly<Record<OperatingSystem, (script: string) => string | undefined>> = {
  AL2023: (script) => {
    if (/<\/?powershell>/i.test(script)) return "is PowerShell, and AL2023 runs a shell script";
    if (/\/etc\/eks\/bootstrap\.sh|--kubelet-extra-args|KUBELET_EXTRA_ARGS/.test(script))
      return "speaks to bootstrap.sh, which AL2023 does not have: nodeadm starts the kubelet, say it what kubelet, labels, taints or node_config can say";
    if (new RegExp(`^--${BOUNDARY}`, "m").test(script))
      return `has a line that begins with --${BOUNDARY}, where the part of the user data that holds it would end: change that line`;
    return undefined;
  },
  BOTTLEROCKET: () =>
    "cannot run: Bottlerocket has no shell. Say it in bottlerocket_settings, or run an image by bottlerocket_settings.bootstrap-containers",
  WINDOWS: (script) => {
    if (script.startsWith("#!")) return "is a shell script, and Windows runs PowerShell";
    if (/<\/?powershell>/i.test(script)) return "must not have the <powershell> tags, which are put around it";
    if (/Start-EKSBootstrap/i.test(script)) return "must not run Start-EKSBootstrap.ps1, which is run once, after this";
    return undefined;
  },
};

function lateOnWindows(worker: Worker, key: string): string | undefined {
  if (key !== "post_bootstrap_script" || operatingSystemOf(worker) !== "WINDOWS") return undefined;
  if (workerKind(worker) !== "managed") return undefined;
  return "cannot run in a managed Windows group, where EKS puts its own commands last: make it pre_bootstrap_script";
}

const STRATEGIES: Readonly<Record<OperatingSystem, readonly string[]>> = {
  AL2023: ["RAID0", "RAID10", "Mount"],
  BOTTLEROCKET: ["RAID0"],
  WINDOWS: [],
};

function localStorage(worker: Worker): Finding[] {
  const { local_storage_strategy: strategy } = worker;
  if (strategy === null) return [];
  const path = ["local_storage_strategy"];
  const system = operatingSystemOf(worker);
  if (!STRATEGIES[system].includes(strategy)) {
    const can =
      system === "WINDOWS"
        ? "Windows formats no disks for pods: remove it"
        : "Bottlerocket makes one of all disks: take RAID0";
    return [{ path, given: GIVEN, message: `${strategy} is not possible here: ${can}` }];
  }
  return namedTypes(worker).flatMap((type, index) =>
    hasInstanceStore(type)
      ? []
      : [
          {
            path: ["instance_types", index],
            given: [path],
            message: `${type} has no disks of its own, for which local_storage_strategy is: take a type that has, such as m6id.large, or remove local_storage_strategy`,
          },
        ],
  );
}

/** As long as those of a real cluster, with some room. */
const JOIN = {
  name: "x".repeat(100),
  endpoint: "x".repeat(90),
  certificate_authority_data: "x".repeat(1700),
  service_cidr: "255.255.255.255/24",
  dns_ip: "255.255.255.255",
};

/** Below this, what a group says cannot make its user data too long: rendering each would take a fifth of a whole load. */
const SHORT_ENOUGH = MOST_BYTES / 4;

function size(worker: Worker): Finding[] {
  const said = [worker.pre_bootstrap_script, worker.post_bootstrap_script, worker.node_config];
  const more = [worker.bottlerocket_settings, worker.kubelet, worker.labels, worker.taints, worker.data_volumes];
  if ([...said, ...more].reduce<number>((sum, value) => sum + length(value), 0) < SHORT_ENOUGH) return [];
  const text = userData({ worker, labels: worker.labels, join: JOIN }) ?? "";
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_BYTES) return [];
  const keys = ["pre_bootstrap_script", "post_bootstrap_script", "node_config", "bottlerocket_settings"] as const;
  const longest = keys.reduce((one, other) => (length(worker[other]) > length(worker[one]) ? other : one));
  const message = `makes the user data some ${bytes} bytes long, and EC2 takes ${MOST_BYTES}: put what is long into the image, or fetch it when the node boots`;
  return [{ path: [longest], message }];
}

const lengths = new WeakMap<object, number>();

/** Of what most groups leave to their layers it is asked once. */
function length(value: unknown): number {
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value.length : 0;
  const known = lengths.get(value) ?? JSON.stringify(value).length;
  lengths.set(value, known);
  return known;
}
