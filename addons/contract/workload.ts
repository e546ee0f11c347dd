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
  /** What one pod requests that no `resources` contain, because the chart computes it. Absent for nothing. */
  computed?(values: Values): Pick<Requests, "cpu" | "memory_mib">;
  /** Key of the further chart whose values these are. Absent for the addon's own. */
  readonly chart?: string;
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

/** Returns what the pods of workloads request with these values on a number of nodes. */
export function requestsOf(workloads: readonly Workload[], values: Values, nodes: number): Requests {
  const each = workloads
    .filter((workload) => workload.if === undefined || Boolean(at(values, workload.if)))
    .map((workload): Requests => {
      const pods = podsOf(workload, values, nodes);
      const requests = workload.containers.map((path) => at(values, `${path}.requests`));
      const computed = workload.computed?.(values) ?? { cpu: 0, memory_mib: 0 };
      const cpu = sum(requests.map((request) => millicpusOf(textOf(valueAt(request, "cpu"))) ?? 0));
      const bytes = sum(requests.map((request) => bytesOf(textOf(valueAt(request, "memory"))) ?? 0));
      const volume = workload.volume === undefined ? 0 : (bytesOf(textOf(at(values, workload.volume))) ?? 0);
      return {
        pods,
        cpu: pods * (cpu + computed.cpu),
        memory_mib: pods * (bytes / MIB + computed.memory_mib),
        volumes_gib: pods * (volume / GIB),
      };
    });
  return {
    pods: sum(each.map(({ pods }) => pods)),
    cpu: sum(each.map(({ cpu }) => cpu)),
    memory_mib: sum(each.map(({ memory_mib }) => memory_mib)),
    volumes_gib: sum(each.map(({ volumes_gib }) => volumes_gib)),
  };
}

function podsOf({ pods }: Workload, values: Values, nodes: number): number {
  if (pods === undefined) return 1;
  return pods === "node" ? nodes : Number(at(values, pods) ?? 1);
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
