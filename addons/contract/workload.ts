import { valueAt } from "../../language/plain-map";

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
  /** Path of the MiB of a memcached in the chart of Loki, which requests 1.2 times that and half a core (chart 18.11.0). */
  readonly memcached?: string;
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

const MEMCACHED_CPU = 500;
const MEMCACHED_SHARE = 1.2;
const MIB = { Mi: 1, Gi: 1024 } as const;

/** Returns what the pods of workloads request with these values on a number of nodes. */
export function requestsOf(workloads: readonly Workload[], values: Values, nodes: number): Requests {
  const each = workloads
    .filter((workload) => workload.if === undefined || Boolean(at(values, workload.if)))
    .map((workload): Requests => {
      const pods = podsOf(workload, values, nodes);
      const requests = workload.containers.map((path) => at(values, `${path}.requests`));
      const memcached = workload.memcached === undefined ? 0 : Number(at(values, workload.memcached));
      const cpu = sum(requests.map((request) => cores(valueAt(request, "cpu")))) + (memcached > 0 ? MEMCACHED_CPU : 0);
      const memory = sum(requests.map((request) => mib(valueAt(request, "memory"))));
      const volume = workload.volume === undefined ? 0 : mib(at(values, workload.volume)) / MIB.Gi;
      return {
        pods,
        cpu: pods * cpu,
        memory_mib: pods * (memory + Math.floor(memcached * MEMCACHED_SHARE)),
        volumes_gib: pods * volume,
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

function cores(text: unknown): number {
  const [, number = "0", unit] = /^(\d+)(m?)$/.exec(String(text)) ?? [];
  return Number(number) * (unit === "m" ? 1 : 1000);
}

function mib(text: unknown): number {
  const [, number = "0", unit = "Mi"] = /^(\d+)(Mi|Gi)$/.exec(String(text)) ?? [];
  return Number(number) * MIB[unit as keyof typeof MIB];
}
