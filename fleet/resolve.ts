import { checkAddonRelations, checkHostedZone, checkReleasePins, enabledAddons, hostedZone } from "./checks/addons";
import {
  checkAccess,
  checkEndpoint,
  checkKubernetesVersion,
  checkName,
  checkPartition,
  checkSupport,
} from "./checks/cluster";
import type { Check, Finding, Subject } from "./checks/finding";
import { checkAccountRanges, checkRanges, checkRegion, checkSubnets, checkZones, zonesOf } from "./checks/networking";
import { checkUntaintedCapacity, checkWorkers } from "./checks/workers";
import { type Cluster, slugOf } from "./cluster";
import { type Layers, treeOf, withWorkerDefaults } from "./layers";
import { isMended, parseWithPlaces } from "./parse-with-places";
import type { Problem } from "./problem";
import { definition as definitionSchema } from "./schema/definition";
import { layOutSubnets } from "./subnets";
import { didYouMean, listed } from "./suggest";
import { layOver } from "./yaml/merge";
import { descend, formatPath, type MapTree, placeOf, type Tree } from "./yaml/tree";

const CHECKS: readonly Check[] = [
  checkName,
  checkRegion,
  checkZones,
  checkRanges,
  checkSubnets,
  checkAccountRanges,
  checkKubernetesVersion,
  checkSupport,
  checkEndpoint,
  checkAccess,
  checkPartition,
  checkWorkers,
  checkUntaintedCapacity,
  checkAddonRelations,
  checkHostedZone,
  checkReleasePins,
];

/** One cluster's file with its layers under it. */
export interface ResolvedDefinition {
  readonly file: string;
  /** CLUSTER_NAME where it could be read, or else the file's name. */
  readonly name: string;
  /** The merged definition, each value with its place and with what it overrode. */
  readonly tree: Tree;
  readonly problems: readonly Problem[];
  /** Undefined where there is an error in the way. */
  readonly subject: Subject | undefined;
  readonly mended: readonly string[];
}

/** Lays a cluster's file over its layers, parses the result and checks it. */
export function resolveDefinition(
  file: string,
  nameOfFile: string,
  root: MapTree,
  layers: Layers,
  today: string,
): ResolvedDefinition {
  const own = (key: string): string | undefined => text(descend(root, ["meta", key]));
  const chosen = (key: string): string => own(key) ?? text(descend(layers.defaults, ["meta", key])) ?? "";
  const model = chosen("RELEASE_MODEL");
  const releaseName = layers.channels[model] ?? model;
  const [accountName, tierName] = [chosen("ACCOUNT"), chosen("TIER")];
  const tree = withWorkerDefaults(layOver(layers.below(releaseName, accountName, tierName), root));

  const placeholders = treeOf({
    meta: { CLUSTER_NAME: nameOfFile },
    tfvars: { common: { aws_region: Object.keys(layers.regions)[0] ?? "" } },
  });
  const parsed = parseWithPlaces(tree, definitionSchema, placeholders);
  const account = layers.account(accountName).own;
  const release = layers.release(releaseName).own;
  const names = unknownLayers(layers, { model, releaseName, accountName, tierName });
  const subject: Subject | undefined =
    parsed.value === undefined || account === undefined || release === undefined
      ? undefined
      : { definition: parsed.value, account, release, regions: layers.regions, support: layers.support, today };
  const findings = [
    ...names,
    ...nameOfFileFinding(own("CLUSTER_NAME"), nameOfFile),
    ...(subject === undefined ? [] : CHECKS.flatMap((check) => check(subject))),
  ];
  const resolved = { file, name: own("CLUSTER_NAME") ?? nameOfFile, tree, subject, mended: parsed.mended };
  return { ...resolved, problems: [...parsed.problems, ...findingProblems(resolved, findings)] };
}

function text({ tree, complete }: { readonly tree: Tree; readonly complete: boolean }): string | undefined {
  return complete && tree.kind === "scalar" && typeof tree.value === "string" ? tree.value : undefined;
}

/** Puts each finding where its value was written; what stands in a layer also says which cluster it is about. */
export function findingProblems(
  { tree, mended, file, name }: Pick<ResolvedDefinition, "tree" | "mended" | "file" | "name">,
  findings: readonly Finding[],
): Problem[] {
  return findings.flatMap(({ path, message, ...finding }): Problem[] => {
    const severity = finding.severity ?? ("error" as const);
    const written = formatPath(tree, path);
    if (isMended(mended, written)) return [];
    const place = placeOf(descend(tree, path).tree);
    const about = severity === "error" && place.file !== file ? ` (for cluster ${name})` : "";
    return [{ severity, place, path: written, message: `${message}${about}` }];
  });
}

function nameOfFileFinding(name: string | undefined, nameOfFile: string): Finding[] {
  if (name === undefined || name === nameOfFile) return [];
  const message = `must be the file's name without .yaml, ${JSON.stringify(nameOfFile)}, got ${JSON.stringify(name)}: rename one of them`;
  return [{ path: ["meta", "CLUSTER_NAME"], message }];
}

function unknownLayers(
  layers: Layers,
  {
    model,
    releaseName,
    accountName,
    tierName,
  }: { model: string; releaseName: string; accountName: string; tierName: string },
): Finding[] {
  const missing = (folder: "accounts" | "tiers" | "releases", name: string): boolean =>
    layers.files.layerFile(folder, name) === undefined;
  const findings: Finding[] = [];
  if (missing("accounts", accountName))
    findings.push({ path: ["meta", "ACCOUNT"], message: layers.unknown("accounts", accountName) });
  if (missing("tiers", tierName)) findings.push({ path: ["meta", "TIER"], message: layers.unknown("tiers", tierName) });
  if (layers.channels[model] === undefined && missing("releases", releaseName)) {
    const known = [...Object.keys(layers.channels), ...layers.files.names("releases")];
    const message = `unknown channel or release ${JSON.stringify(model)}${didYouMean(model, known) || `; there are: ${listed(known)}`}`;
    findings.push({ path: ["meta", "RELEASE_MODEL"], message });
  }
  return findings;
}

/** The cluster that a faultless definition describes. */
export function toCluster({ definition, account, release, regions }: Subject, layers: Layers): Cluster {
  const { kubernetes_version } = definition.tfvars.cluster;
  const kubernetes = release.kubernetes[kubernetes_version];
  const service_level = layers.serviceLevels[definition.tfvars.addons.sla];
  const region = regions[definition.tfvars.common.aws_region];
  if (kubernetes === undefined || region === undefined)
    throw new TypeError(`${definition.meta.CLUSTER_NAME} was built before it was checked`);
  const enabled = new Set(enabledAddons(definition));
  return {
    name: definition.meta.CLUSTER_NAME,
    slug: slugOf(definition.meta.CLUSTER_NAME),
    meta: definition.meta,
    tfvars: definition.tfvars,
    account,
    release: {
      name: release.name,
      kubernetes,
      charts: Object.fromEntries(Object.entries(release.charts).filter(([name]) => enabled.has(name))),
    },
    partition: region.partition,
    subnets: layOutSubnets(definition.tfvars.networking, zonesOf({ definition, regions })),
    service_level,
    hosted_zone_id: hostedZone(definition, account),
  };
}
