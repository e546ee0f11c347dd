import { isMap, type PlainMap } from "../../language/plain-map";
import type { RunTool } from "./tools";

/** A call of kubectl that failed, with its last words. */
export class KubectlError extends Error {}

/** An object of Kubernetes, as the API returns it. */
export interface KubeObject {
  /** Resource and group as kubectl spells them, such as `ingresses.networking.k8s.io`. */
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** True if it was deleted, and waits for its finalizers. */
  readonly isDeleting: boolean;
  readonly body: PlainMap;
}

/** The owner that controls an object. */
export interface Controller {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** Timeout of one request in seconds. */
const PATIENCE = 60;

/** Calls the cluster's API by kubectl. */
export class Kubectl {
  constructor(
    private readonly tool: RunTool,
    private readonly kubeconfig: string,
  ) {}

  /** Returns the resources of the API that can be listed and deleted, such as `services` and `ingresses.networking.k8s.io`. */
  async resources(): Promise<ReadonlySet<string>> {
    const text = await this.run(["api-resources", "--verbs=list,delete", "--output=name"]);
    return new Set(text.split("\n").filter(Boolean));
  }

  /** Returns every object of a resource. */
  async list(kind: string): Promise<KubeObject[]> {
    const read = parsed(await this.run(["get", kind, "--all-namespaces", "--output=json"]));
    const items = isMap(read) && Array.isArray(read["items"]) ? read["items"] : [];
    return items.flatMap((each) => (isMap(each) ? [objectOf(kind, each)] : []));
  }

  /** Returns one object; undefined if there is none. */
  async get(kind: string, name: string, namespace: string | undefined): Promise<KubeObject | undefined> {
    const text = await this.run(["get", kind, name, ...inNamespace(namespace), "--ignore-not-found", "--output=json"]);
    const read = text.trim() === "" ? undefined : parsed(text);
    return isMap(read) ? objectOf(kind, read) : undefined;
  }

  /** Deletes objects, and does not wait until they are gone. */
  async delete(objects: readonly Pick<KubeObject, "kind" | "name" | "namespace">[]): Promise<void> {
    const groups = new Map<string, string[]>();
    for (const { kind, name, namespace } of objects) {
      const target = JSON.stringify([kind, ...inNamespace(namespace)]);
      groups.set(target, [...(groups.get(target) ?? []), name]);
    }
    for (const [target, names] of groups) {
      const [kind = "", ...place] = JSON.parse(target) as string[];
      await this.run(["delete", kind, ...names, ...place, "--wait=false", "--ignore-not-found"]);
    }
  }

  private async run(args: readonly string[]): Promise<string> {
    const connection = ["--kubeconfig", this.kubeconfig, `--request-timeout=${PATIENCE}s`];
    const ran = await this.tool("kubectl", [...connection, ...args], { seconds: PATIENCE * 2 });
    if ("failed" in ran) throw new KubectlError(ran.failed);
    return ran.stdout;
  }
}

const inNamespace = (namespace: string | undefined): string[] =>
  namespace === undefined ? [] : ["--namespace", namespace];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KubectlError("kubectl printed no JSON");
  }
}

function objectOf(kind: string, body: PlainMap): KubeObject {
  const metadata = isMap(body["metadata"]) ? body["metadata"] : {};
  const { deletionTimestamp, name, namespace } = metadata;
  return {
    kind,
    namespace: typeof namespace === "string" ? namespace : undefined,
    name: String(name),
    isDeleting: typeof deletionTimestamp === "string",
    body,
  };
}

/** Returns the name of an object in messages, such as `services shop/web`. */
export function nameOfObject({ kind, name, namespace }: Pick<KubeObject, "kind" | "name" | "namespace">): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** Returns the owner that controls an object; undefined if nothing does. */
export function controllerOf({ body }: KubeObject): Controller | undefined {
  const metadata = isMap(body["metadata"]) ? body["metadata"] : {};
  const owners = Array.isArray(metadata["ownerReferences"]) ? metadata["ownerReferences"].filter(isMap) : [];
  const owner = owners.find((each) => each["controller"] === true);
  return owner && { apiVersion: String(owner["apiVersion"]), kind: String(owner["kind"]), name: String(owner["name"]) };
}

/** Returns kubectl's name for the kind of a controller, such as `StatefulSet.v1.apps`. */
export function kindOf({ apiVersion, kind }: Controller): string {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : [undefined, apiVersion];
  return group === undefined ? kind : `${kind}.${version}.${group}`;
}

/** Returns a kubeconfig whose token is fetched for each request, and that contains no secret. */
export function kubeconfig(access: {
  readonly name: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly region: string;
  readonly role: string;
}): string {
  const { certificateAuthority, endpoint, name, region, role } = access;
  const args = ["eks", "get-token", "--output", "json", "--cluster-name", name, "--region", region, "--role-arn", role];
  const exec = { apiVersion: "client.authentication.k8s.io/v1beta1", command: "aws", args, interactiveMode: "Never" };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    users: [{ name, user: { exec } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
