import { testMessages } from "./definition";

const keys = (rest: string): string => (rest === "" ? "" : `, ${rest}`);

/** Returns an item of `extra_charts` on one line. It is in a namespace with its own name unless it names another. */
export function chart(name: string, rest = "", namespace = name): string {
  const source = "repository: https://charts.example.com, chart: c, version: 1.2.3";
  return `- { name: ${name}, ${source}, namespace: ${namespace}${keys(rest)} }`;
}

/** Returns an item of `extra_manifests` on one line. */
export function manifests(name: string, objects: readonly string[], rest = "", namespace = "default"): string {
  return `- { name: ${name}, namespace: ${namespace}${keys(rest)}, manifests: [${objects.join(", ")}] }`;
}

/** Returns a Kubernetes object on one line. `metadata` follows its name. */
export function object(apiVersion: string, kind: string, name: string, { metadata = "", rest = "" } = {}): string {
  return `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}${keys(metadata)} }${keys(rest)} }`;
}

/** Returns the definition of a kind. */
export function definitionOfKind(group: string, kind: string): string {
  const rest = `spec: { group: ${group}, scope: Cluster, names: { kind: ${kind}, plural: all }, versions: [] }`;
  return object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "x", { rest });
}

/** An object, and what is reported of it, with paths that begin at the object. */
type ObjectCase = readonly [written: string, ...reports: string[]];

/** Defines a test for each object by its title. It is the only object of an item. */
export function testObjects(cases: Readonly<Record<string, ObjectCase>>): void {
  const at = "tfvars.extra_manifests[one].manifests[0]";
  testMessages(
    Object.fromEntries(
      Object.entries(cases).map(([title, [written, ...reports]]) => [
        title,
        { extra_manifests: manifests("one", [written]), reports: reports.map((report) => `${at}${report}`) },
      ]),
    ),
  );
}
