import { type Cleared, clearCluster } from "../../../operations/destroy/clear-cluster";
import { Kubectl } from "../../../operations/destroy/kubectl";
import { type Simulated, SimulatedKubernetes } from "./simulated-kubernetes";

const SECONDS = 60;

const clear = (cluster: SimulatedKubernetes, onStep: (text: string) => void = () => {}): Promise<Cleared> =>
  clearCluster(cluster.kubectl, { wait: cluster.wait, clock: cluster.clock, seconds: SECONDS, onStep });
const outcomes = ({ steps }: Cleared): string[] => steps.map(({ outcome, step }) => `${step}: ${outcome}`);

const service = (name: string, type: string, rest: Partial<Simulated> = {}): Simulated => ({
  ...{ kind: "services", namespace: "shop", name, spec: { type } },
  ...rest,
});
const volume = (name: string, claim: string, policy = "Delete"): Simulated => ({
  kind: "persistentvolumes",
  name,
  spec: {
    persistentVolumeReclaimPolicy: policy,
    csi: { volumeHandle: `vol-${name}` },
    claimRef: { namespace: "shop", name: claim },
  },
});
const pod = (name: string, claim: string, owner?: Simulated["owner"]): Simulated => ({
  ...{ kind: "pods", namespace: "shop", name },
  spec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: claim } }] },
  ...(owner && { owner }),
});
const claim = (name: string): Simulated => ({
  ...{ kind: "persistentvolumeclaims", namespace: "shop", name },
  isHeld: (cluster) => cluster.names().some((each) => each.startsWith("pods ")),
});

test("changes nothing in a cluster without resources that Kubernetes created in AWS", async () => {
  const cluster = new SimulatedKubernetes([service("web", "ClusterIP"), pod("web", "none")]);
  expect(outcomes(await clear(cluster))).toEqual([
    "gitops: nothing to do",
    "load-balancers: nothing to do",
    "volumes: nothing to do",
    "nodes: nothing to do",
  ]);
  expect(cluster.deletions).toEqual([]);
});

test("waits for the end of load balancers, and keeps other Services", async () => {
  const steps: string[] = [];
  const cluster = new SimulatedKubernetes([
    service("web", "LoadBalancer", { finalizers: 3 }),
    service("inner", "ClusterIP"),
    { kind: "ingresses.networking.k8s.io", namespace: "shop", name: "web" },
    { kind: "gateways.gateway.networking.k8s.io", namespace: "edge", name: "public" },
  ]);
  const { steps: ended } = await clear(cluster, (text) => steps.push(text));

  expect(cluster.names()).toEqual(["services shop/inner"]);
  expect(ended[1]).toEqual({
    step: "load-balancers",
    outcome: "done",
    removed: [
      "gateways.gateway.networking.k8s.io edge/public",
      "ingresses.networking.k8s.io shop/web",
      "services shop/web",
    ],
    left: [],
    problem: null,
  });
  expect(steps).toContain("delete services shop/web");
  expect(cluster.seconds).toBeGreaterThanOrEqual(3);
});

test("removes GitOps controllers before the objects that they would create again", async () => {
  const cluster = new SimulatedKubernetes([
    service("web", "LoadBalancer"),
    { kind: "applications.argoproj.io", namespace: "argocd", name: "shop", finalizers: 2 },
    { kind: "kustomizations.kustomize.toolkit.fluxcd.io", namespace: "flux-system", name: "shop" },
  ]);
  await clear(cluster);
  expect(cluster.deletions).toEqual([
    "applications.argoproj.io argocd/shop",
    "kustomizations.kustomize.toolkit.fluxcd.io flux-system/shop",
    "services shop/web",
  ]);
});

test("deletes an object again that a controller creates again", async () => {
  const cluster = new SimulatedKubernetes([
    service("web", "LoadBalancer"),
    { kind: "gateways.gateway.networking.k8s.io", namespace: "edge", name: "public", finalizers: 3 },
  ]);
  const again = (): void => cluster.add(service("web-again", "LoadBalancer"));
  const { steps } = await clear(cluster, (text) => text.endsWith("shop/web") && again());
  expect(steps[1]?.removed).toContain("services shop/web-again");
  expect(cluster.names()).toEqual([]);
});

test("deletes the top owner of a pod together with its claim, and keeps volumes with policy Retain", async () => {
  const operator = "Prometheus.v1.monitoring.coreos.com";
  const cluster = new SimulatedKubernetes([
    { kind: operator, namespace: "shop", name: "main" },
    { kind: "StatefulSet.v1.apps", namespace: "shop", name: "prom", owner: [operator, "main"] },
    pod("prom-0", "data-prom-0", ["StatefulSet.v1.apps", "prom"]),
    pod("alone", "data-alone"),
    ...["data-prom-0", "data-alone", "archive"].map(claim),
    volume("1", "data-prom-0"),
    volume("2", "data-alone"),
    volume("9", "archive", "Retain"),
  ]);
  const cleared = await clear(cluster);

  expect(outcomes(cleared)[2]).toBe("volumes: done");
  expect(cluster.deletions).toEqual([
    `${operator} shop/main`,
    "pods shop/alone",
    "persistentvolumeclaims shop/data-prom-0",
    "persistentvolumeclaims shop/data-alone",
  ]);
  expect(cleared.retained).toEqual(["vol-9 of shop/archive"]);
  expect(cluster.names()).toEqual(["persistentvolumeclaims shop/archive", "persistentvolumes 9"]);
});

test("removes Karpenter's nodes and the budgets that block them, and keeps those of Auto Mode", async () => {
  const pool = (name: string, group: string): Simulated => ({
    ...{ kind: "nodepools.karpenter.sh", name },
    spec: { template: { spec: { nodeClassRef: { group } } } },
  });
  const cluster = new SimulatedKubernetes([
    pool("batch", "karpenter.k8s.aws"),
    pool("general-purpose", "eks.amazonaws.com"),
    {
      kind: "nodeclaims.karpenter.sh",
      name: "batch-1",
      spec: { nodeClassRef: { group: "karpenter.k8s.aws" } },
      finalizers: 2,
    },
    { kind: "poddisruptionbudgets.policy", namespace: "shop", name: "web" },
    { kind: "pods", namespace: "shop", name: "job", annotations: { "karpenter.sh/do-not-disrupt": "true" } },
    { kind: "pods", namespace: "shop", name: "web" },
  ]);
  expect(outcomes(await clear(cluster))[3]).toBe("nodes: done");
  expect(cluster.names()).toEqual(["nodepools.karpenter.sh general-purpose", "pods shop/web"]);
});

test("lists objects that are not deleted in time, and does not begin the next step", async () => {
  const cluster = new SimulatedKubernetes([
    service("web", "LoadBalancer", { isHeld: () => true }),
    volume("1", "data"),
    claim("data"),
  ]);
  const { steps } = await clear(cluster);
  expect(steps.map(({ left, outcome, step }) => [step, outcome, left])).toEqual([
    ["gitops", "nothing to do", []],
    ["load-balancers", "not done", ["services shop/web"]],
  ]);
  expect(steps[1]?.problem).toMatch(/^not gone after 60 seconds\. The controller that created the load balancer/);
  expect(cluster.deletions).toEqual(["services shop/web"]);
});

test("ends with the error of kubectl if the API does not answer", async () => {
  const kubectl = new Kubectl(
    () => Promise.resolve({ failed: "Unable to connect to the server: i/o timeout" }),
    "/kubeconfig",
  );
  const { steps } = await clearCluster(kubectl, {
    wait: () => Promise.resolve(),
    clock: () => 0,
    seconds: 1,
    onStep: () => {},
  });
  expect(steps).toEqual([
    {
      step: "gitops",
      outcome: "not done",
      removed: [],
      left: [],
      problem:
        "Unable to connect to the server: i/o timeout. The API must be reachable from here. If it never answers again, use --skip-cleanup",
    },
  ]);
});
