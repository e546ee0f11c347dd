import { isMap, type PlainMap, valueAt } from "../../language/plain-map";
import { templateOf } from "./pod-probes";

/** A setting that pods of the platform must have. The names are in docs/verifying.md. */
export type PodSetting = "requests" | "no-cpu-limit" | "tolerations" | "budget" | "spread";

/** A setting that the pods of an object lack. `of` is the container or the object. */
export interface Missing {
  readonly setting: PodSetting;
  readonly of: string;
}

/** Taint of nodes that are reserved for the platform. */
const PLATFORM_TAINT = "CriticalAddonsOnly";

/** Returns the settings that the pods of a release lack. */
export function missingSettings(objects: readonly PlainMap[]): readonly Missing[] {
  const budgets = objects.filter(({ kind }) => kind === "PodDisruptionBudget");
  return objects.flatMap((object): readonly Missing[] => {
    const template = templateOf(object);
    const spec = valueAt(template, "spec");
    if (!isMap(spec)) return [];
    const of = `${object["kind"]}/${valueAt(object, "metadata", "name")}`;
    const lacks = (setting: PodSetting, missing: boolean): readonly Missing[] => (missing ? [{ setting, of }] : []);
    const several = Number(valueAt(object, "spec", "replicas") ?? 1) > 1 && object["kind"] !== "Job";
    const spread = mapsOf(spec["topologySpreadConstraints"]).length > 0;
    const apart = valueAt(spec, "affinity", "podAntiAffinity") !== undefined;
    return [
      ...containersOf(spec).flatMap(lackingResources),
      ...lacks("tolerations", !isTolerant(mapsOf(spec["tolerations"]), object["kind"] === "DaemonSet")),
      ...lacks(
        "budget",
        several && !budgets.some((budget) => selects(budget, valueAt(template, "metadata", "labels"))),
      ),
      ...lacks("spread", several && !spread && !apart),
    ];
  });
}

/** Containers that run as long as the pod. An init container uses what the pod requests before the others start. */
function containersOf(spec: PlainMap): readonly PlainMap[] {
  const sidecars = mapsOf(spec["initContainers"]).filter(({ restartPolicy }) => restartPolicy === "Always");
  return [...sidecars, ...mapsOf(spec["containers"])];
}

function lackingResources(container: PlainMap): readonly Missing[] {
  const limits = valueAt(container, "resources", "limits");
  const has = (key: string) =>
    valueAt(container, "resources", "requests", key) !== undefined || valueAt(limits, key) !== undefined;
  const of = String(container["name"]);
  return [
    ...(has("cpu") && has("memory") ? [] : [{ setting: "requests", of } as const]),
    ...(valueAt(limits, "cpu") === undefined ? [] : [{ setting: "no-cpu-limit", of } as const]),
  ];
}

/** Effects of taints that keep pods off a node. PreferNoSchedule does not. */
const EFFECTS = ["NoSchedule", "NoExecute"] as const;

function isTolerant(tolerations: readonly PlainMap[], everyNode: boolean): boolean {
  const all = tolerations.filter(({ key, operator }) => key === undefined && operator === "Exists");
  const every = EFFECTS.every((effect) =>
    all.some((each) => each["effect"] === undefined || each["effect"] === effect),
  );
  return every || (!everyNode && tolerations.some(({ key }) => key === PLATFORM_TAINT));
}

/** True if a budget selects pods with these labels. */
function selects(budget: PlainMap, labels: unknown): boolean {
  const wanted = valueAt(budget, "spec", "selector", "matchLabels");
  return isMap(wanted) && Object.entries(wanted).every(([key, value]) => valueAt(labels, key) === value);
}

const mapsOf = (value: unknown): readonly PlainMap[] => (Array.isArray(value) ? value.filter(isMap) : []);
