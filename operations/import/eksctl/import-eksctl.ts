import { slugOf } from "../../../language/words/names";
import type { MapTree } from "../../../language/yaml/tree";
import type { Destination } from "../destination";
import { Draft } from "../draft";
import { translateAccess } from "./access";
import { translateAddons } from "./addons";
import { translateCapabilities } from "./capabilities";
import { translateCluster } from "./cluster";
import { Config, type Left } from "./config";
import { translateFargate } from "./fargate";
import { translateIdentity } from "./identity";
import { translateNetwork } from "./network";
import { translateNodeGroups } from "./nodes/node-groups";
import { translateRemoteNetworks } from "./remote-networks";
import type { Translation } from "./translation";

export interface EksctlImport {
  /** The range of the VPC. */
  readonly range: string;
  /** False if the definition uses an existing VPC. */
  readonly createsVpc: boolean;
  /** The text of the definition. */
  readonly text: string;
  /** Keys that are not in the definition. */
  readonly left: readonly Left[];
  /** Facts and decisions for a person. */
  readonly notes: readonly string[];
}

/**
 * Translates a ClusterConfig, without unknown keys, into a definition.
 *
 * @param zones names of the zones that eksctl chose; empty if they are unknown
 */
export function importEksctl(
  root: MapTree,
  source: string,
  destination: Destination,
  zones: readonly string[],
): EksctlImport {
  const config = Config.of(root);
  const draft = new Draft();
  const notes: string[] = [];
  const region = config.at("metadata", "region").text() ?? "";
  const translation: Translation = {
    config,
    draft,
    account: destination.account,
    partition: destination.partition,
    region,
    zones,
    entryNames: destination.entryNames,
    boundaries: [],
    serviceAccounts: [],
    note: (note) => {
      if (!notes.includes(note)) notes.push(note);
    },
  };
  for (const key of ["apiVersion", "kind"]) config.at(key).value();
  identify(translation, destination);
  translateCluster(translation);
  const range = translateNetwork(translation);
  translateAccess(translation);
  translateIdentity(translation);
  translateNodeGroups(translation);
  translateFargate(translation);
  translateCapabilities(translation);
  translateRemoteNetworks(translation);
  translateAddons(translation);
  permissionsBoundary(translation);
  serviceAccounts(translation);
  const head = [
    "yaml-language-server: $schema=../../schema/cluster.schema.json",
    `Imported from ${source}, a file of eksctl, by fleet import eksctl. It describes the same cluster, as a new one:`,
    "it does not take over the cluster that runs (docs/operations/adopt-a-cluster.md).",
    ...notes.map((note) => `TODO: ${note}`),
  ];
  const createsVpc = !draft.section("networking").has("existing_vpc");
  return { createsVpc, range, text: draft.text(head), left: config.left(), notes };
}

function identify({ config, draft, note, region }: Translation, destination: Destination): void {
  const name = config.at("metadata", "name").text() ?? "";
  draft.meta.set("CLUSTER_NAME", destination.name, "also the name of this file");
  draft.meta.set("RELEASE_MODEL", destination.releaseModel);
  draft.meta.set("ACCOUNT", destination.account.name);
  draft.meta.set("TIER", destination.tier);
  draft.meta.set("OWNER", destination.owner);
  draft.section("common").set("aws_region", region);
  const slug = slugOf(destination.name);
  if (slug !== name) note(`The cluster's name at EKS becomes ${slug}; eksctl's file says ${name}.`);
}

/** All roles of a cluster have one permissions boundary, or none. */
function permissionsBoundary({ boundaries, draft, note }: Translation): void {
  const written = boundaries.filter(({ isSet }) => isSet);
  const [first] = written;
  if (first === undefined) return;
  const arns = new Set(written.map((each) => String(each.peek())));
  if (arns.size > 1) {
    for (const each of written)
      each.leave("all roles of a cluster have one boundary: set common.iam.permissions_boundary");
    note("The file has several permissions boundaries. Set common.iam.permissions_boundary to the one of all roles.");
    return;
  }
  for (const each of written) each.value();
  draft.section("common").set("iam.permissions_boundary", [...arns][0], "of every role");
}

function serviceAccounts({ draft, serviceAccounts: wanted }: Translation): void {
  const byNamespace = new Map<string, string[]>();
  for (const { name, namespace } of wanted) byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), name]);
  for (const [namespace, names] of byNamespace) {
    const item = draft.item("extra_manifests");
    item.set("name", `service-accounts-${namespace}`);
    item.set("namespace", namespace, "must exist");
    item.set(
      "manifests",
      names.map((name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } })),
    );
  }
}
