import { join } from "node:path";
import { isMap, type PlainMap, valueAt } from "../../language/plain-map";
import { chartFolder } from "./chart-source";
import { refusedContext } from "./context";
import { withStacks } from "./fleets";
import { objectsOf, podOf } from "./pod-probes";
import { kindOfRelease, type Release, releasesOf } from "./releases";
import { render, type WithChart } from "./render";
import { inParallel, outputOf, ToolError } from "./tool";

const KUBECTL = process.env["KUBECTL"] ?? "kubectl";

/** An object of a release. */
interface Sent {
  readonly release: Release;
  readonly object: PlainMap;
}

/**
 * Sends every rendered object to a throw-away cluster: CRDs and namespaces are created, everything else is a dry run on the server with
 * strict field validation. The pod of each workload is tried in its namespace, so that Pod Security judges it.
 */
export async function verifyCluster(): Promise<readonly string[]> {
  const context = process.env["VERIFY_CONTEXT"];
  const refused = refusedContext(context, context ? await serverOf(context) : undefined);
  if (refused !== undefined) throw new ToolError(refused);
  const kubectl = (words: readonly string[], input?: object): Promise<string> =>
    outputOf(KUBECTL, ["--context", context ?? "", ...words], input && { input: JSON.stringify(input) });
  const apply = (object: object, words: readonly string[]): Promise<string> =>
    kubectl(["apply", "--server-side", "--force-conflicts", "--validate=strict", ...words, "--filename", "-"], object);
  const minor = minorOf(JSON.parse(await kubectl(["version", "--output", "json"])));

  return withStacks(async (stacks) => {
    const findings: string[] = [];
    const { sent, namespaces } = await everything(stacks, minor, findings);
    const attempt = async ({ release, object }: Sent, words: readonly string[], what = ""): Promise<void> => {
      await apply(object, words).catch((error: Error) => {
        findings.push(`${release.cluster} ${release.name} ${nameOf(object)}${what}: ${error.message}`);
      });
    };
    const crds = sent.filter(({ object }) => object["kind"] === "CustomResourceDefinition");
    for (const namespace of namespaces) await apply(namespace, []);
    await inParallel(crds, (each) => attempt(each, []));
    if (crds.length > 0) await kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=120s"]);

    const others = sent.filter(({ object }) => object["kind"] !== "CustomResourceDefinition");
    await inParallel(others, async (each) => {
      const { release, object } = each;
      const namespace = String(valueAt(object, "metadata", "namespace") ?? release.namespace);
      await attempt(each, ["--dry-run=server", "--namespace", namespace]);
      const pod = podOf(object);
      if (pod !== undefined)
        await attempt(
          { release, object: pod },
          ["--dry-run=server", "--namespace", namespace],
          ` of ${nameOf(object)}`,
        );
    });
    console.log(
      `Kubernetes ${minor}: ${crds.length} CRDs, ${namespaces.length} namespaces, ${others.length} objects sent with strict validation`,
    );
    return findings;
  });
}

async function serverOf(context: string): Promise<string | undefined> {
  const config: unknown = JSON.parse(await outputOf(KUBECTL, ["config", "view", "--output", "json"]));
  const named = (list: string, name: unknown): unknown => {
    const items = valueAt(config, list);
    return (Array.isArray(items) ? items : []).find((item) => valueAt(item, "name") === name);
  };
  const cluster = valueAt(named("contexts", context), "context", "cluster");
  const server = valueAt(named("clusters", cluster), "cluster", "server");
  return typeof server === "string" ? server : undefined;
}

/** Returns a server's minor, such as "1.35". EKS and others write "35+". */
function minorOf(version: unknown): string {
  const part = (key: string): string => String(valueAt(version, "serverVersion", key)).replace(/\D/g, "");
  return `${part("major")}.${part("minor")}`;
}

const nameOf = (object: PlainMap): string => `${object["kind"]}/${valueAt(object, "metadata", "name")}`;

/** Renders every distinct release, and returns its objects and the namespaces with their labels. What fails becomes a finding. */
async function everything(
  stacks: Parameters<Parameters<typeof withStacks>[0]>[0],
  minor: string,
  findings: string[],
): Promise<{ readonly sent: readonly Sent[]; readonly namespaces: readonly PlainMap[] }> {
  const releases = new Map<string, { release: Release; stack: string }>();
  const namespaces = new Map<string, PlainMap>();
  for (const { json, cluster, directory } of stacks) {
    for (const release of releasesOf(json, cluster.name))
      releases.set(kindOfRelease(release), { release, stack: directory });
    for (const namespace of namespacesOf(json))
      namespaces.set(String(valueAt(namespace, "metadata", "name")), namespace);
  }
  const sent = await inParallel([...releases.values()], async ({ release, stack }): Promise<readonly Sent[]> => {
    try {
      const folder = release.repository === undefined ? join(stack, release.chart) : await chartFolder(release);
      const chart: WithChart = { ...release, minors: [minor], folder };
      const text = await render(chart, { minor, words: ["--include-crds"] });
      return objectsOf(text).map((object) => ({ release, object }));
    } catch (error) {
      findings.push(`${release.cluster} ${release.name}: ${error instanceof Error ? error.message : error}`);
      return [];
    }
  });
  return { sent: sent.flat(), namespaces: [...namespaces.values()] };
}

/** Returns the namespaces that a stack creates, as Kubernetes objects. */
export function namespacesOf(stack: PlainMap): readonly PlainMap[] {
  const resources = valueAt(stack, "resource", "kubernetes_namespace_v1");
  return (isMap(resources) ? Object.values(resources) : []).map((resource) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: valueAt(resource, "metadata"),
  }));
}
