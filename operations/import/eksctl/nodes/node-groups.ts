import { nameOf } from "../../name-of";
import type { Config } from "../config";
import type { Translation } from "../translation";
import type { GroupTranslation } from "./group-translation";
import { translateImage } from "./image";
import { translateInstances } from "./instances";
import { translateNodeAccess } from "./node-access";
import { translatePlacement } from "./placement";
import { translateSize } from "./size";
import { translateVolumes } from "./volumes";

const LONGEST_NAME = 31;

/** Translates both kinds of node groups. */
export function translateNodeGroups(translation: Translation): void {
  const { config } = translation;
  const taken = new Set<string>();
  for (const [list, managed] of [
    ["nodeGroups", false],
    ["managedNodeGroups", true],
  ] as const)
    for (const group of config.at(list).items()) nodeGroup({ group, managed, taken }, translation);
}

function nodeGroup(
  { group, managed, taken }: { readonly group: Config; readonly managed: boolean; readonly taken: Set<string> },
  translation: Translation,
): void {
  const item = translation.draft.item("workers");
  const written = group.at("name").text() ?? "";
  const isName =
    /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(written) && written.length <= LONGEST_NAME && !taken.has(written);
  const name = isName ? written : nameOf(written, taken, LONGEST_NAME);
  if (isName) taken.add(written);
  item.set("name", name, name === written ? undefined : `was ${written}`);
  // Windows images of EKS run in managed groups only.
  const isWindows = String(group.at("amiFamily").peek() ?? "").startsWith("Windows") && !group.at("ami").isSet;
  item.set(
    "kind",
    managed || isWindows ? "managed" : "self_managed",
    isWindows && !managed ? "was self-managed" : undefined,
  );
  const each: GroupTranslation = { ...translation, group, item, managed: managed || isWindows };
  translateInstances(each);
  translateImage(each);
  translatePlacement(each);
  translateSize(each);
  translateVolumes(each);
  translateNodeAccess(each);
  labelsAndTags(each);
}

const OF_CLUSTER_AUTOSCALER = /^k8s\.io\/cluster-autoscaler\//;

function labelsAndTags({ group, item }: GroupTranslation): void {
  const labels = group.at("labels").map();
  item.set("labels", labels);
  item.set("taints", taintsOf(group.at("taints")));
  group.at("propagateASGTags").skip("labels and taints are always tags for cluster-autoscaler");
  const own: Record<string, string> = {};
  for (const [key, tag] of group.at("tags").entries()) {
    if (OF_CLUSTER_AUTOSCALER.test(key)) tag.skip("these tags follow from the settings of the group");
    else own[key] = tag.text() ?? "";
  }
  if (Object.keys(own).length === 0) return;
  item.set("instance_tags", own);
  item.set("group_tags", own);
}

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Returns taints, which are a list, or a map from keys to `value:Effect`. */
function taintsOf(config: Config): readonly Taint[] | undefined {
  const value = config.value();
  if (value === undefined || Array.isArray(value)) return value as readonly Taint[] | undefined;
  return Object.entries(value as Readonly<Record<string, string>>).map(([key, text]) => {
    const [taint = "", effect = ""] = text.includes(":") ? text.split(":") : ["", text];
    return { key, ...(taint !== "" && { value: taint }), effect };
  });
}
