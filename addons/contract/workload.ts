import { valueAt } from "../../language/plain-map";
import { bytesOf, millicpusOf } from "../../language/words/quantity";

/** Helm values, configuration of an EKS add-on, or any part of them. */
export type Values = Readonly<Record<string, unknown>>;

/** Pods of an addon whose requests are in its Helm values. Paths are keys with dots between them. */
export interface Workload {
  /** Paths of the `resources` of the containers of one pod. */
  readonly containers: readonly string[];
  /** Path of the number of pods, or `node` for one on every node. Absent for one pod. */
  readonly pods?: string;
  /** Path of a value without which there is no such pod. Absent if it always runs. */
  readonly if?: string;
  /** Path of the size of each pod's volume. */
  readonly volume?: string;
  /** Requests of one pod that are in no `resources`, because the chart computes them. Absent for none. */
  computed?(values: Values): Pick<Requests, "cpu" | "memory_mib">;
  /** Key of the further chart whose values these are. Absent for the addon's own. */
  readonly chart?: string;
}

/** Equal pods. */
export interface Pods extends Pick<Requests, "cpu" | "memory_mib" | "volumes_gib"> {
  /** Number of them, or `node` for one on every node. */
  readonly pods: number | "node";
}

/** The requests of all pods together. */
export interface Requests {
  readonly pods: number;
  /** In thousandths of a core. */
  readonly cpu: number;
  readonly memory_mib: number;
  readonly volumes_gib: number;
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Returns what each pod of workloads requests with these values. */
export function podsOf(workloads: readonly Workload[], values: Values): readonly Pods[] {
  return workloads
    .filter((workload) => workload.if === undefined || Boolean(at(values, workload.if)))
    .map((workload): Pods => {
      const requests = workload.containers.map((path) => at(values, `${path}.requests`));
      const computed = workload.computed?.(values) ?? { cpu: 0, memory_mib: 0 };
      const cpu = sum(requests.map((request) => millicpusOf(textOf(valueAt(request, "cpu"))) ?? 0));
      const bytes = sum(requests.map((request) => bytesOf(textOf(valueAt(request, "memory"))) ?? 0));
      const volume = workload.volume === undefined ? 0 : (bytesOf(textOf(at(values, workload.volume))) ?? 0);
      return {
        pods: numberOf(workload, values),
        cpu: cpu + computed.cpu,
        memory_mib: bytes / MIB + computed.memory_mib,
        volumes_gib: volume / GIB,
      };
    });
}

/** Returns the requests of all pods on a number of nodes. */
export function requestsOf(pods: readonly Pods[], nodes: number): Requests {
  const counted = pods.map((each) => ({ ...each, pods: each.pods === "node" ? nodes : each.pods }));
  return {
    pods: sum(counted.map((each) => each.pods)),
    cpu: sum(counted.map((each) => each.pods * each.cpu)),
    memory_mib: sum(counted.map((each) => each.pods * each.memory_mib)),
    volumes_gib: sum(counted.map((each) => each.pods * each.volumes_gib)),
  };
}

function numberOf({ pods }: Workload, values: Values): Pods["pods"] {
  if (pods === undefined) return 1;
  return pods === "node" ? pods : Number(at(values, pods) ?? 1);
}

function at(values: Values, path: string): unknown {
  return valueAt(values, ...path.split("."));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Returns a value of YAML as the text of a quantity, which can be a number too. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
