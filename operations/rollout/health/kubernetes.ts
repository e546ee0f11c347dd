import { z } from "zod";
import { catalogue } from "../../../addons/catalogue";
import { type Addon, ownNamespaces } from "../../../addons/contract/addon";
import type { Cluster } from "../../../fleet/model/cluster";
import { enabledAddons } from "../../../fleet/model/enabled-addons";
import type { HealthCheck } from "../../../fleet/model/rollouts";
import { listed } from "../../../language/suggest";
import { filled, healthy, inconclusive, type Look, type Tools, unhealthy } from "./check";
import { lastLine, runProgram } from "./processes";

const condition = z.object({ type: z.string(), status: z.string() });
const metadata = z.object({ name: z.string(), namespace: z.string().optional() });
const nodes = z.object({
  items: z.array(z.object({ metadata, status: z.object({ conditions: z.array(condition).default([]) }) })),
});

/** Healthy if every node is ready. Inconclusive without a node. */
export const lookAtNodes: Look = async (check, cluster, tools, signal) => {
  const { items } = nodes.parse(await kubectl(["get", "nodes"], check, cluster, tools, signal));
  if (items.length === 0) return inconclusive("the cluster has no node");
  const bad = items.filter(
    ({ status }) => !status.conditions.some(({ status: is, type }) => type === "Ready" && is === "True"),
  );
  if (bad.length === 0) return healthy(`${items.length} nodes are ready`);
  return unhealthy(
    `${bad.length} of ${items.length} nodes are not ready: ${listed(
      bad.map(({ metadata: { name } }) => name),
      3,
    )}`,
  );
};

const count = z.int().default(0);
const workloads = z.object({
  items: z.array(
    z.object({
      kind: z.enum(["DaemonSet", "Deployment", "StatefulSet"]),
      metadata,
      spec: z.object({ replicas: z.int().default(1) }).optional(),
      status: z
        .object({
          availableReplicas: count,
          readyReplicas: count,
          desiredNumberScheduled: count,
          numberAvailable: count,
        })
        .partial()
        .optional(),
    }),
  ),
});

/** Healthy if the workloads in the namespaces of the cluster's addons are available. */
export const lookAtAddons: Look = async (check, cluster, tools, signal) => {
  const namespaces = check.namespaces ?? namespacesOf(cluster);
  const answer = await kubectl(
    ["get", "deployments,daemonsets,statefulsets", "--all-namespaces"],
    check,
    cluster,
    tools,
    signal,
  );
  const items = workloads
    .parse(answer)
    .items.filter(({ metadata: { namespace = "" } }) => namespaces.includes(namespace));
  if (items.length === 0) return inconclusive(`no workload is in ${listed(namespaces, 5)}`);
  const bad = items
    .filter((item) => !isAvailable(item))
    .map(({ kind, metadata: { name, namespace } }) => `${kind} ${namespace}/${name}`);
  if (bad.length === 0) return healthy(`${items.length} workloads are available`);
  return unhealthy(`${bad.length} of ${items.length} workloads are not available: ${listed(bad, 3)}`);
};

function isAvailable({ kind, spec, status = {} }: z.infer<typeof workloads>["items"][number]): boolean {
  const { availableReplicas = 0, desiredNumberScheduled = 0, numberAvailable = 0, readyReplicas = 0 } = status;
  switch (kind) {
    case "DaemonSet":
      return numberAvailable >= desiredNumberScheduled;
    case "Deployment":
      return availableReplicas >= (spec?.replicas ?? 1);
    case "StatefulSet":
      return readyReplicas >= (spec?.replicas ?? 1);
    default:
      return kind satisfies never;
  }
}

/** Returns the namespaces that the cluster's addons are in. */
function namespacesOf({ tfvars }: Cluster): readonly string[] {
  const own = enabledAddons({ tfvars }).flatMap((name) => ownNamespaces(catalogue[name] as Addon));
  return [...new Set(["kube-system", ...own])];
}

async function kubectl(
  args: readonly string[],
  check: HealthCheck,
  cluster: Cluster,
  { environment }: Tools,
  signal: AbortSignal,
): Promise<unknown> {
  const context = filled(check.context ?? arnOf(cluster), cluster);
  const { code, stderr, stdout } = await runProgram(
    "kubectl",
    ["--context", context, ...args, "--output", "json", "--request-timeout", "30s"],
    environment,
    signal,
  );
  if (code !== 0) throw new Error(`kubectl failed: ${lastLine(stderr)}`);
  return JSON.parse(stdout);
}

/** As `aws eks update-kubeconfig` names a context. It cannot be another cluster's. */
function arnOf({ account, partition, slug, tfvars }: Cluster): string {
  return `arn:${partition}:eks:${tfvars.common.aws_region}:${account.id}:cluster/${slug}`;
}
