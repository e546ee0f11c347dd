import {
  type Accelerator,
  type Architecture,
  type OperatingSystem,
  operatingSystemOf,
  stockImage,
} from "../../aws/ami";
import { acceleratorOf, architectureOf } from "../../aws/instance-types";
import type { Tfvars, Worker } from "../model/cluster";
import { type Pods, runsOnFargate } from "./fargate";
import { buysSpot, namedTypes, workerKind } from "./worker-kind";

/** Facts about the machines of a cluster that decide what can run on them. */
export interface NodeFacts {
  /** Of the groups that may have a node, each once, in the order of the definition; none where there is only Fargate. */
  readonly operating_systems: readonly OperatingSystem[];
  readonly architectures: readonly Architecture[];
  /** Besides none. */
  readonly accelerators: readonly Exclude<Accelerator, "none">[];
  /** Kinds of groups. */
  readonly kinds: readonly ("managed" | "self_managed")[];
  /** True if a node can be a spot instance. */
  readonly spot: boolean;
  /** True if some pods run on Fargate. */
  readonly fargate: boolean;
  /** True if there is only Fargate: no DaemonSet runs, no block volume is attached, and Pod Identity has no agent. */
  readonly fargate_only: boolean;
  /** True if a Fargate profile selects such pods. */
  onFargate(pods: Pods): boolean;
}

/** Answers from the definition alone. */
export function nodeFacts({ fargate_profiles, workers }: Pick<Tfvars, "fargate_profiles" | "workers">): NodeFacts {
  const groups = workers.filter(({ max_size }) => max_size > 0);
  const accelerators = groups.flatMap(acceleratorsOf).filter((each) => each !== "none");
  return {
    operating_systems: each(groups.map(operatingSystemOf)),
    architectures: each(groups.flatMap(architecturesOf)),
    accelerators: each(accelerators),
    kinds: each(groups.map(workerKind)),
    spot: groups.some(buysSpot),
    fargate: fargate_profiles.length > 0,
    fargate_only: groups.length === 0 && fargate_profiles.length > 0,
    onFargate: (pods) => runsOnFargate(fargate_profiles, pods),
  };
}

/** The image's; of an image of the user's own, its instances'. */
function architecturesOf(worker: Worker): Architecture[] {
  const image = stockImage(worker);
  return image === undefined ? namedTypes(worker).map(architectureOf) : [image.architecture];
}

function acceleratorsOf(worker: Worker): Accelerator[] {
  const image = stockImage(worker);
  return image === undefined ? namedTypes(worker).map(acceleratorOf) : [image.accelerator];
}

function each<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
