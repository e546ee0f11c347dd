import { apiChange } from "../../aws/kubernetes-apis";
import { type KubernetesMinor, stepsBetween } from "../../language/words/kubernetes-minor";
import { newImages } from "./images";
import type { FoundApi, Step } from "./report";
import type { Stacks } from "./stack-changes";

/** Input for the steps before the control plane. */
export interface BeforeFacts {
  readonly apis: readonly FoundApi[];
  readonly from: KubernetesMinor;
  /** The stacks before and after the upgrade. */
  readonly stacks: readonly [Stacks, Stacks];
  /** Values of charts, as the definition sets them. */
  readonly values: readonly unknown[];
}

/** Returns the work that must be done before the control plane is upgraded, apart from the VPC CNI. */
export function stepsBefore({ apis, from, stacks: [before, after], values }: BeforeFacts): readonly Step[] {
  const removed = apis.filter(({ status }) => status === "removed");
  const images = newImages(before, after, values);
  return [
    ...(removed.length === 0 ? [] : [step("apis", "Move objects away from removed APIs", removalNotes(removed, from))]),
    ...(images.length === 0 ? [] : [step("images", "Copy images to your registry", images)]),
  ];
}

/** Helm compares with the objects of the last release, and fails if the API server no longer accepts one of them. */
function removalNotes(removed: readonly FoundApi[], from: KubernetesMinor): string[] {
  const lines = removed.map(({ api, kind, name, replacement }) => {
    const object = `${kind}${name === null ? "" : ` ${name}`}`;
    if (replacement === null) return `${object}: remove it, because nothing replaces ${api}`;
    const { replacementIn } = apiChange(api, kind) ?? {};
    return replacementIn !== undefined && stepsBetween(from, replacementIn) > 0
      ? `${object}: remove it, and add it again after the control plane as ${replacement}, which ${from} does not have`
      : `${object}: ${api} -> ${replacement}`;
  });
  const why = "Deploy this first: after the control plane, Helm cannot update a release that contains a removed API";
  return [...lines, why];
}

function step(id: Step["id"], title: string, notes: readonly string[]): Step {
  return { id, title, commands: [], changes: [], notes };
}
