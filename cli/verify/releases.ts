import type { Cluster } from "../../fleet/model/cluster";
import { isMap, type PlainMap, valueAt } from "../../language/plain-map";

/** A Helm release of a stack, with values that Helm can read. */
export interface Release {
  readonly cluster: string;
  /** True if the definition brings the chart, in `extra_charts`. */
  readonly extra: boolean;
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly repository: string | undefined;
  readonly version: string | undefined;
  readonly values: PlainMap;
  /** Budgets for its pods in the release `<name>-manifests`, for charts that have none. */
  readonly budgets: readonly PlainMap[];
}

/** Returns a text with Terraform's references replaced by text of the same kind, because only an apply can resolve them. */
export function withoutReferences(text: string): string {
  return text
    .replaceAll(/(?<!\$)\$\{([^{}]*)\}/g, (_, expression: string) => standIn(expression))
    .replaceAll("$${", "${");
}

function standIn(expression: string): string {
  if (/arn$/.test(expression)) return "arn:aws:iam::111122223333:role/example";
  if (/security_group_id$/.test(expression)) return "sg-0123456789abcdef0";
  if (/subnet_ids/.test(expression)) return "subnet-0123456789abcdef0";
  return "example";
}

/** Returns the Helm releases of a stack. */
export function releasesOf(stack: PlainMap, cluster: Cluster["name"]): readonly Release[] {
  const releases = valueAt(stack, "resource", "helm_release");
  const entries = Object.entries(isMap(releases) ? releases : {});
  const all = entries.map(([, release]) => release).filter(isMap);
  return entries.flatMap(([id, release]): readonly Release[] => {
    if (!isMap(release)) return [];
    return [
      {
        cluster,
        extra: id.startsWith("addons_extras_"),
        name: String(release["name"]),
        namespace: String(release["namespace"]),
        chart: String(release["chart"]),
        repository: textOf(release["repository"]),
        version: textOf(release["version"]),
        values: valuesOf(release["values"]),
        budgets: all.filter(({ name }) => name === `${release["name"]}-manifests`).flatMap(budgetsIn),
      },
    ];
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function budgetsIn(release: PlainMap): readonly PlainMap[] {
  const { manifests } = valuesOf(release["values"]);
  return Array.isArray(manifests) ? manifests.filter(isMap).filter(({ kind }) => kind === "PodDisruptionBudget") : [];
}

function valuesOf(values: unknown): PlainMap {
  const [first, ...more] = Array.isArray(values) ? values : [];
  if (more.length > 0) throw new Error("a release has several documents of values, but only one is expected");
  const parsed: unknown = first === undefined ? {} : JSON.parse(withoutReferences(String(first)));
  if (!isMap(parsed)) throw new Error("the values of a release are no map");
  return parsed;
}

/** Returns a text that is equal for releases that differ only in the name of their cluster. */
export function kindOfRelease({ cluster, ...release }: Release): string {
  return JSON.stringify(release).replaceAll(cluster, "<name>").replaceAll(cluster.replaceAll(".", "-"), "<slug>");
}

/** API groups that Kubernetes itself serves, with the versions that every supported minor serves. */
const SERVED: Readonly<Record<string, readonly string[]>> = {
  "": ["v1"],
  "admissionregistration.k8s.io": ["v1"],
  "apiextensions.k8s.io": ["v1"],
  "apiregistration.k8s.io": ["v1"],
  apps: ["v1"],
  autoscaling: ["v1", "v2"],
  batch: ["v1"],
  "certificates.k8s.io": ["v1"],
  "coordination.k8s.io": ["v1"],
  "discovery.k8s.io": ["v1"],
  "flowcontrol.apiserver.k8s.io": ["v1"],
  "networking.k8s.io": ["v1"],
  "node.k8s.io": ["v1"],
  policy: ["v1"],
  "rbac.authorization.k8s.io": ["v1"],
  "scheduling.k8s.io": ["v1"],
  "storage.k8s.io": ["v1"],
};

/** Arguments for Helm: charts check for kinds and versions, and without a cluster Helm offers only old ones. */
export const API_VERSIONS: readonly string[] = [
  ...Object.entries(SERVED).flatMap(([group, versions]) => versions.map((v) => (group === "" ? v : `${group}/${v}`))),
  "policy/v1/PodDisruptionBudget",
  "autoscaling/v2/HorizontalPodAutoscaler",
  "networking.k8s.io/v1/Ingress",
  "apiregistration.k8s.io/v1/APIService",
  "monitoring.coreos.com/v1",
  "monitoring.coreos.com/v1/ServiceMonitor",
  "monitoring.coreos.com/v1/PodMonitor",
  "monitoring.coreos.com/v1/PrometheusRule",
  "cert-manager.io/v1",
];

/** Returns the API versions in a render that belong to Kubernetes itself and that a cluster does not serve. */
export function unservedVersions(render: string): readonly string[] {
  const versions = new Set([...render.matchAll(/^apiVersion: *["']?([\w./-]+)/gm)].map(([, each = ""]) => each));
  return [...versions].filter((each) => {
    const [group = "", version = ""] = each.includes("/") ? each.split("/") : ["", each];
    return Object.hasOwn(SERVED, group) && SERVED[group]?.includes(version) === false;
  });
}
