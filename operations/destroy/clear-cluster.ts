import { isMap } from "../../language/plain-map";
import { type Kubectl, KubectlError, type KubeObject, nameOfObject } from "./kubectl";
import type { CleanupStep } from "./report";
import type { Wait } from "./tools";
import { retainedVolumes, Volumes } from "./volumes";

/** Objects that a step deletes, and when it is done. */
interface Step {
  readonly step: CleanupStep["step"];
  /** Returns the objects to delete, including those whose deletion has begun; nothing if the step is done. */
  readonly pending: () => Promise<readonly KubeObject[]>;
  /** The usual reason why objects of this step are not deleted. */
  readonly hint: string;
}

export interface ClearOptions {
  readonly wait: Wait;
  /** Milliseconds since any moment, as `performance.now` returns them. */
  readonly clock: () => number;
  /** Timeout of each step in seconds. */
  readonly seconds: number;
  readonly onStep: (text: string) => void;
}

/** The deleted objects of a cluster, and the volumes that remain. */
export interface Cleared {
  readonly steps: readonly CleanupStep[];
  /** Volumes whose reclaim policy is Retain, such as `vol-1 of shop/data`. */
  readonly retained: readonly string[];
}

/** Milliseconds between two checks of the remaining objects: the first wait, and the longest. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

/**
 * Deletes what the controllers of a cluster created in AWS, by deleting the objects for which they created it, while the controllers still
 * run: load balancers, volumes and the nodes of Karpenter. GitOps comes first, because it would create the objects again. The step
 * after one that was not done does not begin.
 */
export async function clearCluster(kubectl: Kubectl, options: ClearOptions): Promise<Cleared> {
  const steps: CleanupStep[] = [];
  let retained: readonly string[] = [];
  try {
    const known = await kubectl.resources();
    retained = await retainedVolumes(kubectl);
    for (const step of stepsOf(kubectl, known)) {
      const ended = await runStep(step, kubectl, options);
      steps.push(ended);
      if (ended.outcome === "not done") break;
    }
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const step = ORDER[steps.length] ?? "nodes";
    steps.push({ step, outcome: "not done", removed: [], left: [], problem: `${error.message}. ${UNREACHABLE}` });
  }
  return { steps, retained };
}

const UNREACHABLE = "The API must be reachable from here. If it never answers again, use --skip-cleanup";

const ORDER: readonly CleanupStep["step"][] = ["gitops", "load-balancers", "volumes", "nodes"];

async function runStep({ hint, pending, step }: Step, kubectl: Kubectl, options: ClearOptions): Promise<CleanupStep> {
  const { clock, onStep, seconds, wait } = options;
  const started = clock();
  let pause = FIRST_WAIT;
  const removed = new Set<string>();
  for (;;) {
    const objects = await pending();
    const left = objects.map(nameOfObject);
    if (objects.length === 0) {
      const outcome = removed.size === 0 ? "nothing to do" : "done";
      return { step, outcome, removed: [...removed], left, problem: null };
    }
    if (clock() - started > seconds * 1000) {
      const problem = `not gone after ${seconds} seconds. ${hint}`;
      return { step, outcome: "not done", removed: [...removed], left, problem };
    }
    // Each time, because a controller may have created them again.
    await kubectl.delete(objects.filter(({ isDeleting }) => !isDeleting));
    for (const name of left) {
      if (removed.has(name)) continue;
      removed.add(name);
      onStep(`delete ${name}`);
    }
    await wait(pause);
    pause = Math.min(pause * 2, LONGEST_WAIT);
  }
}

/** Returns the steps in their order. A resource that the API does not have has no objects. */
function stepsOf(kubectl: Kubectl, known: ReadonlySet<string>): readonly Step[] {
  const list = async (kinds: readonly string[]): Promise<KubeObject[]> => {
    const lists: KubeObject[][] = [];
    for (const kind of kinds.filter((each) => known.has(each))) lists.push(await kubectl.list(kind));
    return lists.flat();
  };
  const volumes = new Volumes(kubectl);
  return [
    {
      step: "gitops",
      pending: () => list(GITOPS),
      hint: "Its controller removes what it has deployed first. Look at it with kubectl describe",
    },
    {
      step: "load-balancers",
      pending: async () => [
        ...(await list(["gateways.gateway.networking.k8s.io", "ingresses.networking.k8s.io"])),
        ...(await list(["services"])).filter(({ body }) => field(body, "spec", "type") === "LoadBalancer"),
      ],
      hint: "The controller that created the load balancer removes a finalizer when it has deleted it. If the controller does not run, delete the load balancer in AWS, and remove the finalizer with kubectl patch",
    },
    {
      step: "volumes",
      pending: () => volumes.pending(),
      hint: "The CSI driver deletes the volume when no pod uses it. Look at the events with kubectl describe",
    },
    {
      step: "nodes",
      pending: async () => {
        const pools = (await list(["nodepools.karpenter.sh"])).filter(isKarpenters("spec", "template", "spec"));
        const claims = (await list(["nodeclaims.karpenter.sh"])).filter(isKarpenters("spec"));
        if (pools.length + claims.length === 0) return [];
        // Budgets, and pods that must not be disrupted, would keep a node for as long as they exist.
        const pods = (await list(["pods"])).filter(
          ({ body }) => field(body, "metadata", "annotations", "karpenter.sh/do-not-disrupt") === "true",
        );
        return [...(await list(["poddisruptionbudgets.policy"])), ...pods, ...pools, ...claims];
      },
      hint: "Karpenter drains a node before it ends it. kubectl describe nodeclaim shows what it waits for",
    },
  ];
}

const GITOPS = [
  "applicationsets.argoproj.io",
  "applications.argoproj.io",
  "kustomizations.kustomize.toolkit.fluxcd.io",
  "helmreleases.helm.toolkit.fluxcd.io",
];

/** Not those of EKS Auto Mode, which ends its nodes with the control plane. */
const isKarpenters =
  (...path: readonly string[]) =>
  ({ body }: KubeObject): boolean =>
    field(body, ...path, "nodeClassRef", "group") === "karpenter.k8s.aws";

/** Returns a value inside of an object. */
export function field(body: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), body);
}
