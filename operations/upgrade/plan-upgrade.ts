import { APIS_SOURCE } from "../../aws/kubernetes-apis";
import type { Cluster } from "../../fleet/model/cluster";
import { planNodeGroups } from "../../fleet/plan/node-groups-plan";
import type { DefinitionFiles } from "../../fleet/read/files";
import { isMap } from "../../language/plain-map";
import { problemText } from "../../language/problem";
import { type KubernetesMinor, kubernetesMinor } from "../../language/words/kubernetes-minor";
import { descend, placeOf, type Tree } from "../../language/yaml/tree";
import { VersionedCluster } from "./at-version";
import { stepsBefore } from "./before";
import { foundApis, newApis } from "./found-apis";
import { objectsInDefinition, objectsInResources } from "./manifests";
import { kubelets, nodeNotes } from "./nodes";
import type { Round, UpgradeReport } from "./report";
import { appliedRules } from "./rules";
import { type Stacks, stackChanges, stacksOf } from "./stack-changes";
import { firstBack, type StepFacts, stepsOf } from "./steps";
import { rollbackOf, supportOf } from "./support";
import { roundsTo, UpgradeRefused } from "./target";
import { adviceOn, originOf } from "./version-origin";

const VERSION = ["tfvars", "cluster", "kubernetes_version"] as const;

export interface UpgradeInput {
  readonly files: DefinitionFiles;
  /** The cluster as it is defined, without an error. */
  readonly cluster: Cluster;
  /** The cluster's file. */
  readonly file: string;
  readonly to: string;
  /** The day of the run, YYYY-MM-DD. */
  readonly today: string;
}

/** A plan, and the value that the edit of the cluster's file replaces. */
export interface PlannedUpgrade {
  readonly report: UpgradeReport;
  /** Null if another file sets the version, or if there is nothing to do. */
  readonly edit: { readonly value: Tree; readonly to: KubernetesMinor } | null;
}

/**
 * Plans the upgrade of a cluster, one round for each minor version.
 *
 * @throws UpgradeRefused if the target is not possible
 * @throws DefinitionError if the definition is not valid with one of the versions
 */
export function planUpgrade({ cluster, file, files, to: target, today }: UpgradeInput): PlannedUpgrade {
  const versioned = new VersionedCluster(files, file, cluster, today);
  const { layers, release } = versioned.facts();
  const from = kubernetesMinor(cluster.tfvars.cluster.kubernetes_version);
  if (release === undefined || from === undefined)
    throw new TypeError(`${cluster.name} was planned before it was checked`);
  const releases = files.names("releases").flatMap((name) => layers.release(name).own ?? []);
  const versions = roundsTo(target, { cluster: cluster.name, from, release, releases });

  const resolved = versioned.resolved();
  const tree = resolved.tree();
  const value = descend(tree, VERSION).tree;
  const origin = originOf(placeOf(value), file, cluster.meta.RELEASE_MODEL);
  const states = [
    { cluster, warnings: resolved.problems.map(problemText) },
    ...versions.map((version) => versioned.at(version)),
  ].map((state): State => ({ ...state, stacks: stacksOf(state.cluster) }));
  const rounds = versions.flatMap((to, index): Round[] => {
    const [before, after] = [states[index], states[index + 1]];
    return before && after ? [planRound({ before, after, now: cluster, tree, to, today, layers })] : [];
  });
  const [next] = versions;
  const advice = next === undefined ? undefined : adviceOn(origin, file, next);
  const writable = next !== undefined && advice === undefined;
  return {
    report: {
      version: 1,
      cluster: cluster.name,
      release: release.name,
      from,
      to: versions.at(-1) ?? from,
      today,
      rounds: rounds.map((round, index) => ({ ...round, apis: newApis(round.apis, rounds.slice(0, index)) })),
      edit: writable ? { place: origin.place, from, to: next, written: false } : null,
      advice: advice ?? null,
      sources: [`${APIS_SOURCE.source} (${APIS_SOURCE.date})`],
    },
    edit: writable ? { value, to: next } : null,
  };
}

/** A cluster with one of the versions. */
interface State {
  readonly cluster: Cluster;
  readonly warnings: readonly string[];
  readonly stacks: Stacks;
}

interface RoundFacts {
  readonly before: State;
  readonly after: State;
  /** The cluster as it is defined today. */
  readonly now: Cluster;
  readonly tree: Tree;
  readonly to: KubernetesMinor;
  readonly today: string;
  readonly layers: ReturnType<VersionedCluster["facts"]>["layers"];
}

function planRound({ after: next, before: last, layers, now, to, today, tree }: RoundFacts): Round {
  const [before, after] = [last.cluster, next.cluster];
  const from = kubernetesMinor(before.tfvars.cluster.kubernetes_version);
  if (from === undefined) throw new UpgradeRefused("the version is missing");
  const [groups, newGroups] = [planNodeGroups(before).groups, planNodeGroups(after).groups];
  const objects = objectsInDefinition(tree);
  const installed = objectsInResources([...(next.stacks.get("addons")?.values() ?? [])]);
  const apis = foundApis([...objects, ...installed], to);
  const { addons, cluster, extra_charts } = after.tfvars;
  const steps: StepFacts = {
    before,
    after,
    changes: stackChanges(last.stacks, next.stacks),
    seen: layers.seen,
    nodes: nodeNotes(groups, newGroups, after),
    first: stepsBefore({
      from,
      apis: apis.filter(({ since }) => since === to),
      stacks: [last.stacks, next.stacks],
      values: [...Object.values(addons), ...extra_charts].map((each) => (isMap(each) ? each["values"] : null)),
    }),
  };
  const { upgrade_policy: policy } = cluster;
  return {
    from,
    to,
    support: [from, to].flatMap((minor) => supportOf(minor, layers.support, today)),
    steps: stepsOf(steps),
    apis,
    rules: appliedRules(from, to, { cluster: before, groups, tree, objects }),
    kubelets: kubelets(now, planNodeGroups(now).groups, to),
    warnings: next.warnings.filter((each) => !last.warnings.includes(each)),
    rollback: rollbackOf({ dates: layers.support, first: firstBack(steps, groups), from, policy, today }),
  };
}
