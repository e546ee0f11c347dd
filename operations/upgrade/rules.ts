import type { KubernetesChange } from "../../aws/kubernetes-changes";
import { changesBetween } from "../../aws/kubernetes-changes";
import type { Cluster } from "../../fleet/model/cluster";
import { hasHybridNodes } from "../../fleet/nodes/auto-mode";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import type { Place } from "../../language/problem";
import type { KubernetesMinor } from "../../language/words/kubernetes-minor";
import type { Tree } from "../../language/yaml/tree";
import { type FoundObject, partAt, placesOf } from "./manifests";
import type { AppliedRule } from "./report";

/** The facts about a cluster that rules read. */
export interface RuleFacts {
  readonly cluster: Cluster;
  readonly groups: readonly NodeGroupPlan[];
  /** The merged definition. */
  readonly tree: Tree;
  readonly objects: readonly FoundObject[];
}

type Answer = Pick<AppliedRule, "status" | "where">;

/** Returns whether a change affects a cluster, by the change's id. */
const ANSWERS: Readonly<Record<string, (facts: RuleFacts) => Answer>> = {
  "anonymous-requests": () => byHand(["clients of the API"]),
  "al2-images": (facts) => byHand(ownImages(facts)),
  "endpoints-api": ({ objects }) =>
    found(objects.flatMap((each) => (`${each.apiVersion} ${each.kind}` === "v1 Endpoints" ? [shown(each.where)] : []))),
  "git-repo-volumes": (facts) => foundKeys(facts, (key) => key === "gitRepo"),
  "efa-egress-rule": ({ groups }) =>
    byHand(groups.flatMap(({ name, worker }) => ((worker.efa_interface_count ?? 0) > 0 ? [name] : []))),
  "app-armor": (facts) =>
    foundKeys(facts, (key) => key === "appArmorProfile" || key.startsWith("container.apparmor.security.beta.")),
  "cgroup-driver": (facts) => foundInNodes(facts, /cgroup-?driver/i),
  "own-csi-drivers": ({ cluster }) => byHand(cluster.tfvars.extra_charts.map(({ name }) => name)),
  "cgroup-v1": (facts) => byHand([...ownImages(facts, "BOTTLEROCKET"), ...hybrid(facts)]),
  "pause-image-flag": (facts) => foundInNodes(facts, /pod-infra-container-image/i),
  ipvs: ({ cluster, tree }) => {
    const { mode } = cluster.tfvars.cluster.kube_proxy.values;
    const path = ["tfvars", "cluster", "kube_proxy", "values"];
    const values = partAt(tree, path);
    if (mode !== "ipvs" || values === undefined) return found([]);
    return found(placesOf(values, (key) => key === "mode").map(shown));
  },
  "containerd-1": (facts) => byHand([...ownImages(facts), ...hybrid(facts)]),
  "external-ips": (facts) => foundKeys(facts, (key, value) => key === "externalIPs" && !isEmptyList(value)),
  "al2023-kernel": ({ groups }) =>
    byHand(
      groups.flatMap(({ image, name, operatingSystem }) =>
        operatingSystem === "AL2023" && image.from !== "user" ? [name] : [],
      ),
    ),
  "selinux-mount": ({ cluster, groups }) =>
    byHand([
      ...groups.flatMap(({ name, operatingSystem }) => (operatingSystem === "BOTTLEROCKET" ? [name] : [])),
      ...cluster.tfvars.node_pools.flatMap(({ ami_family, name }) => (ami_family === "Bottlerocket" ? [name] : [])),
    ]),
  "cri-cgroup-driver": (facts) => byHand([...ownImages(facts), ...hybrid(facts)]),
};

/** Returns the changes between two versions besides APIs, and whether they affect the cluster, as far as its definition shows. */
export function appliedRules(from: KubernetesMinor, to: KubernetesMinor, facts: RuleFacts): readonly AppliedRule[] {
  return changesBetween(from, to).map((each) => appliedRule(each, facts));
}

function appliedRule({ change, check, id, minor, sources }: KubernetesChange, facts: RuleFacts): AppliedRule {
  // A change without a rule cannot be detected in the definition.
  const { status, where } = (ANSWERS[id] ?? (() => byHand(["the whole cluster"])))(facts);
  return { id, minor, status, change, check, where: [...new Set(where)], sources };
}

function found(where: readonly string[]): Answer {
  return { status: where.length > 0 ? "found" : "not found", where };
}

/** Returns the objects to check by hand, because the definition does not contain the answer; nothing for an empty list. */
function byHand(where: readonly string[]): Answer {
  return { status: where.length > 0 ? "check by hand" : "not found", where };
}

/** Returns the groups that boot the user's own images. */
function ownImages({ cluster, groups }: RuleFacts, except?: string): string[] {
  return [
    ...groups.flatMap(({ image, name, operatingSystem }) =>
      image.from === "user" && operatingSystem !== except ? [name] : [],
    ),
    ...cluster.tfvars.node_pools.flatMap(({ ami_family, ami_ids, name }) =>
      ami_ids.length > 0 && ami_family.toUpperCase() !== except ? [name] : [],
    ),
  ];
}

function hybrid({ cluster }: RuleFacts): string[] {
  return hasHybridNodes(cluster) ? ["hybrid nodes"] : [];
}

function foundKeys({ tree }: RuleFacts, matches: (key: string, value: Tree) => boolean): Answer {
  return found(placesOf(tree, matches).map(shown));
}

/** Searches what a definition passes to nodes: scripts, node_config, settings. */
function foundInNodes({ tree }: RuleFacts, text: RegExp): Answer {
  const parts = ["workers", "node_pools"].flatMap((key) => partAt(tree, ["tfvars", key]) ?? []);
  const matches = (key: string, value: Tree): boolean =>
    text.test(key) || (value.kind === "scalar" && typeof value.value === "string" && text.test(value.value));
  return found(parts.flatMap((part) => placesOf(part, matches)).map(shown));
}

function isEmptyList(value: Tree): boolean {
  return value.kind === "list" && value.items.length === 0;
}

function shown(where: Place | string): string {
  return typeof where === "string" ? where : `${where.file}:${where.line}:${where.column}`;
}
