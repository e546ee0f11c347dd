import { valuesAt } from "../schema/attribute-path";
import { digits, type Invention, uuid } from "./draft";
import { CREATED } from "./inventions-aws";

/** Metadata of every Kubernetes object. */
const METADATA: Readonly<Record<string, Invention>> = {
  "metadata.uid": (draft) => uuid(draft, "uid"),
  "metadata.resource_version": () => "1",
  "metadata.generation": () => 1,
};

const HELM_RELEASE: Readonly<Record<string, Invention>> = {
  namespace: () => "default",
  status: () => "deployed",
  manifest: () => "",
  timeout: () => 300,
  wait: () => true,
  version: () => "0.0.0",
  "metadata.app_version": () => "0.0.0",
  "metadata.chart": ({ state }) =>
    String(state["chart"] ?? "")
      .split("/")
      .at(-1) ?? "",
  "metadata.name": ({ state }) => state["name"] ?? null,
  "metadata.namespace": ({ state }) => (typeof state["namespace"] === "string" ? state["namespace"] : "default"),
  "metadata.version": ({ state }) => (typeof state["version"] === "string" ? state["version"] : "0.0.0"),
  "metadata.revision": ({ prior }) => Number(valuesAt(prior ?? {}, "metadata.revision")[0] ?? 0) + 1,
  "metadata.first_deployed": () => Date.parse(CREATED) / 1000,
  "metadata.last_deployed": () => Date.parse(CREATED) / 1000,
  "metadata.values": () => "{}",
  "metadata.notes": () => "",
};

/** Values of paths in types of kubernetes and helm. */
export function chartInvention(type: string, path: string): Invention | undefined {
  if (type === "helm_release") return HELM_RELEASE[path];
  if (type === "kubernetes_manifest" && path === "object") return ({ state }) => state["manifest"] ?? null;
  if (path === "metadata.name") return (draft) => `terraform-${digits(draft, "name", 10)}`;
  return METADATA[path];
}
