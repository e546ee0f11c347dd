import { type Booted, hasInstanceStore, type OperatingSystem, operatingSystemOf } from "../ami";
import type { Worker } from "../cluster";
import { isSet, KUBELET, KUBELET_KEYS } from "../kubelet";
import { didYouMean, listed } from "../suggest";
import { BOUNDARY } from "../user-data/mime";
import { MOST_BYTES, userData } from "../user-data/user-data";
import { namedTypes, workerKind } from "../worker-kind";
import type { Path } from "../yaml/tree";
import { ofEachWorker } from "./each-worker";
import type { Check, Finding } from "./finding";

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

/** What says things to nodeadm: a group of workers or a pool. */
interface NodeConfigured {
  readonly node_config: Worker["node_config"];
  readonly kubelet?: Partial<Worker["kubelet"]>;
}

const SPEC_KEYS = ["containerd", "featureGates", "instance", "kubelet"] as const;

export function nodeConfig(worker: Booted & NodeConfigured): Finding[] {
  const { node_config } = worker;
  if (Object.keys(node_config).length === 0) return [];
  const system = operatingSystemOf(worker);
  if (system !== "AL2023") {
    const message = `has no effect here: nodeadm is part of AL2023, and not of ${system === "WINDOWS" ? "Windows" : "Bottlerocket, which has bottlerocket_settings"}`;
    return [{ path: ["node_config"], given: GIVEN, message }];
  }
  const unknown = Object.keys(node_config).flatMap((key): Finding[] => {
    if (SPEC_KEYS.some((known) => known === key)) return [];
    const message =
      key === "cluster"
        ? "is what the node joins, which is said already: remove it"
        : notOneOf(key, "a NodeConfig's spec", SPEC_KEYS);
    return [{ path: ["node_config", key], message }];
  });
  for (const key of SPEC_KEYS) unknown.push(...nodeConfigField([key], node_config[key]));
  unknown.push(...saidTwice(worker));
  const { featureGates } = node_config;
  const renames = typeof featureGates === "object" && featureGates !== null && "InstanceIdNodeName" in featureGates;
  return renames
    ? [
        ...unknown,
        {
          path: ["node_config", "featureGates", "InstanceIdNodeName"],
          message: "names nodes in a way that the access entry of their role does not let in: remove it",
        },
      ]
    : unknown;
}

function notOneOf(key: string, of: string, known: readonly string[]): string {
  const meant = didYouMean(key, known);
  return `is no part of ${of}${meant === "" ? `: ${known.join(", ")} are` : meant}`;
}

/** What a field of a NodeConfig has to be. */
interface Kind {
  readonly what: string;
  readonly is: (value: unknown) => boolean;
}

const TEXT: Kind = { what: "text", is: (value) => typeof value === "string" };
const MAP: Kind = { what: "a map", is: isMap };
const SWITCH: Kind = { what: "true or false", is: (value) => typeof value === "boolean" };
const TEXTS: Kind = { what: "a list of text", is: (value) => Array.isArray(value) && value.every(TEXT.is) };
const STRATEGY: Kind = {
  what: "RAID0, RAID10 or Mount",
  is: (value) => value === "RAID0" || value === "RAID10" || value === "Mount",
};

/** The fields of NodeConfigSpec, of amazon-eks-ami's nodeadm/api/v1alpha1, that can be given. */
const NODE_CONFIG: Readonly<Record<string, Kind>> = {
  containerd: MAP,
  "containerd.baseRuntimeSpec": MAP,
  "containerd.config": TEXT,
  featureGates: MAP,
  instance: MAP,
  "instance.environment": MAP,
  "instance.localStorage": MAP,
  "instance.localStorage.disabledMounts": TEXTS,
  "instance.localStorage.mountPath": TEXT,
  "instance.localStorage.strategy": STRATEGY,
  "instance.network": MAP,
  "instance.network.domains": TEXTS,
  "instance.network.nameservers": TEXTS,
  kubelet: MAP,
  "kubelet.config": MAP,
  "kubelet.config.maxPods": { what: "a whole number", is: Number.isInteger },
  "kubelet.flags": TEXTS,
  "kubelet.maxPodsExpression": TEXT,
};

function nodeConfigField(path: readonly string[], value: unknown): Finding[] {
  if (value === undefined || value === null) return [];
  const [part = "", field] = path;
  const gate = part === "featureGates" && field !== undefined;
  const kind = gate ? SWITCH : NODE_CONFIG[path.join(".")];
  const at = ["node_config", ...path];
  if (kind === undefined) {
    if (path.length !== 2 || field === undefined) return []; // KubeletConfiguration and the like, which have more than this
    const known = Object.keys(NODE_CONFIG).flatMap((name) => {
      const [first, second, ...deeper] = name.split(".");
      return first === part && second !== undefined && deeper.length === 0 ? [second] : [];
    });
    return [{ path: at, message: notOneOf(field, `a NodeConfig's ${part}`, known) }];
  }
  if (!kind.is(value)) return [{ path: at, message: `must be ${kind.what}, got ${shown(value)}` }];
  return isMap(value) ? Object.entries(value).flatMap(([key, item]) => nodeConfigField([...path, key], item)) : [];
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "a map" : JSON.stringify(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where both say a setting of the kubelet, nodeadm takes what it is told last. */
function saidTwice({ kubelet = {}, node_config }: NodeConfigured): Finding[] {
  const at = (value: unknown, key: string): unknown =>
    typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  const config = at(at(node_config, "kubelet"), "config");
  return KUBELET_KEYS.flatMap((key) => {
    const name = KUBELET[key].config;
    const typed: unknown = kubelet[key];
    if (typed === undefined || !isSet(typed) || at(config, name) === undefined) return [];
    const message = `has no effect beside node_config.kubelet.config.${name}, which is said last: keep one`;
    return [{ path: ["kubelet", key], given: [["node_config"]], message }];
  });
}

/** Settings by which EKS, or another key of the definition, joins the node. */
const NOT_KUBERNETES: Readonly<Record<string, string>> = {
  "api-server": "joins the node, which is said already: remove it",
  "authentication-mode": "joins the node, which is said already: remove it",
  "bootstrap-token": "joins the node, which is said already: remove it",
  "cloud-provider": "joins the node, which is said already: remove it",
  "cluster-certificate": "joins the node, which is said already: remove it",
  "cluster-name": "joins the node, which is said already: remove it",
  "provider-id": "joins the node, which is said already: remove it",
  "standalone-mode": "keeps a node out of every cluster: remove it",
  "node-labels": "is what labels says: put them there",
  "node-taints": "is what taints says: put them there",
};

/** @param merged whether EKS merges it into its own, which it does with a reader that knows less than TOML has */
export function bottlerocketSettings(
  worker: Booted & Pick<Worker, "bottlerocket_settings">,
  merged: boolean,
): Finding[] {
  const { bottlerocket_settings } = worker;
  const path = ["bottlerocket_settings"];
  if (Object.keys(bottlerocket_settings).length === 0) return [];
  if (operatingSystemOf(worker) !== "BOTTLEROCKET")
    return [{ path, given: GIVEN, message: "has no effect here: it is read by Bottlerocket only" }];
  if ("settings" in bottlerocket_settings)
    return [{ path: [...path, "settings"], message: "is said already: give what stands below it" }];
  const { kubernetes } = bottlerocket_settings;
  const keys = typeof kubernetes === "object" && kubernetes !== null ? Object.keys(kubernetes) : [];
  const owned = keys.flatMap((name) => {
    const typed = KUBELET_KEYS.find((key) => KUBELET[key].bottlerocket === name);
    const message = typed === undefined ? NOT_KUBERNETES[name] : `is kubelet.${typed}: say it there`;
    return message === undefined ? [] : [{ path: [...path, "kubernetes", name], message }];
  });
  return [
    ...unknownSettings(worker),
    ...owned,
    ...mistyped(bottlerocket_settings),
    ...nulls(bottlerocket_settings, path),
    ...(merged ? unmergeable(bottlerocket_settings, path) : []),
  ];
}

/** The settings of Bottlerocket's images for Kubernetes: bottlerocket's settings-plugins and bottlerocket-settings-sdk's models. */
const TOP_SETTINGS = [
  "autoscaling",
  "aws",
  "boot",
  "bootstrap-commands",
  "bootstrap-containers",
  "cloudformation",
  "container-registry",
  "container-runtime",
  "container-runtime-plugins",
  "dns",
  "host-containers",
  "image-verifier-plugins",
  "kernel",
  "kubelet-device-plugins",
  "kubelet-dra-drivers",
  "kubernetes",
  "measurement",
  "metrics",
  "motd",
  "network",
  "ntp",
  "nvidia-container-runtime",
  "oci-defaults",
  "oci-hooks",
  "pki",
  "updates",
];

/** An image of one's own may have settings of its own. */
function unknownSettings(worker: Booted & Pick<Worker, "bottlerocket_settings">): Finding[] {
  if (worker.ami_type === "CUSTOM") return [];
  return Object.keys(worker.bottlerocket_settings).flatMap((key) => {
    if (TOP_SETTINGS.includes(key)) return [];
    const meant = didYouMean(key, TOP_SETTINGS);
    const message = `is no setting of Bottlerocket${meant === "" ? `, which has ${listed(TOP_SETTINGS, TOP_SETTINGS.length)}` : meant}`;
    return [{ path: ["bottlerocket_settings", key], given: GIVEN, message }];
  });
}

/** Values of a type that the setting's model refuses, and with it the whole user data. */
function mistyped({ kernel, ntp }: Worker["bottlerocket_settings"]): Finding[] {
  const path = ["bottlerocket_settings"];
  const sysctls = Object.entries(mapOf(mapOf(kernel)["sysctl"])).flatMap(([name, value]): Finding[] => {
    if (typeof value === "string" || value === null) return [];
    const written = typeof value === "object" ? "its value" : JSON.stringify(String(value));
    return [{ path: [...path, "kernel", "sysctl", name], message: `must be text: write ${written} in quotes` }];
  });
  const servers = mapOf(ntp)["time-servers"];
  if (servers === undefined || servers === null || typeof servers === "object") return sysctls;
  const message = `must be a list of servers: write [${JSON.stringify(String(servers))}]`;
  return [...sysctls, { path: [...path, "ntp", "time-servers"], message }];
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

function nulls(value: unknown, path: Path): Finding[] {
  if (value === null) return [{ path, message: "is null, which TOML does not have: remove it" }];
  return typeof value === "object"
    ? Object.entries(value as object).flatMap(([key, item]) => nulls(item, [...path, key]))
    : [];
}

/** EKS merges its part into that of a managed group with a reader that knows less than TOML has. */
function unmergeable(value: unknown, path: Path): Finding[] {
  const escaped =
    "has a quote or a backslash, which EKS cannot merge into the user data of a managed group: take kind: self_managed, or another value";
  if (typeof value === "string") return /["\\\n]/.test(value) ? [{ path, given: [["kind"]], message: escaped }] : [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const table = typeof item === "object" && item !== null && !Array.isArray(item);
    const at = [...path, key];
    if (!table || /^[\w-]+$/.test(key)) return unmergeable(item, at);
    const message = `is a table whose name needs quotes, which EKS cannot merge into the user data of a managed group: take kind: self_managed`;
    return [{ path: at, given: [["kind"]], message }];
  });
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
