import { join } from "node:path";
import { type PlainMap, valueAt } from "../../language/plain-map";
import { chartFolder } from "./chart-source";
import {
  isCrd,
  nameOf,
  namespacesOf,
  onlyOnEks,
  type Rendered,
  type Round,
  roundsOf,
  type Sent,
} from "./cluster-objects";
import { refusedContext } from "./context";
import { type VerifiedStack, withStacks } from "./fleets";
import { KUBECTL, Kubectl } from "./kubectl";
import { objectsOf } from "./pod-probes";
import { kindOfRelease, type Release, releasesOf } from "./releases";
import { render } from "./render";
import { inParallel, outputOf, ToolError } from "./tool";

/**
 * Sends every rendered object to a throw-away cluster: CRDs and namespaces are created, everything else is a dry run on the server with
 * strict field validation. The pod of each workload is tried in its namespace, so that Pod Security judges it.
 */
export async function verifyCluster(): Promise<readonly string[]> {
  const context = process.env["VERIFY_CONTEXT"];
  const refused = refusedContext(context, context ? await serverOf(context) : undefined);
  if (refused !== undefined || context === undefined) throw new ToolError(refused ?? "");
  const kubectl = new Kubectl(context);
  const { minor, version } = versionOf(JSON.parse(await kubectl.run(["version", "--output", "json"])));

  return withStacks(async (stacks) => {
    const { rendered, failures } = await everything(stacks, minor);
    const crds = uniqueCrds(rendered);
    const created = await kubectl.apply(crds);
    if (crds.length > 0) await kubectl.run(["wait", "--for=condition=Established", "crd", "--all", "--timeout=120s"]);
    const onEks = rendered.filter(onlyOnEks);
    const rounds = roundsOf(rendered.filter((each) => !onlyOnEks(each)));
    const findings = [...failures, ...created.map(({ item, message }) => text(item, nameOf(item.object), message))];
    for (const round of rounds) findings.push(...(await send(kubectl, round)));

    const sent = rounds.flatMap((round) => round.sent);
    const pods = sent.filter(({ about }) => about.startsWith("the pod of ")).length;
    const namespaces = new Set(rounds.flatMap((round) => round.namespaces.map(nameOf))).size;
    console.log(
      `Kubernetes ${version}: ${crds.length} CRDs and ${namespaces} namespaces created, ${sent.length - pods} objects and ${pods} pods sent`,
    );
    const kinds = new Set(onEks.map(({ object }) => `${object["kind"]} (${object["apiVersion"]})`));
    if (kinds.size > 0) console.log(`not checked, because only EKS has these kinds: ${[...kinds].join(", ")}`);
    for (const warning of kubectl.warnings) console.log(`the server warns: ${warning}`);
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

/** Returns a server's version, and its minor, such as "1.35". EKS and others write "35+". */
function versionOf(answer: unknown): { readonly minor: string; readonly version: string } {
  const part = (key: string): string => String(valueAt(answer, "serverVersion", key));
  const number = (key: string): string => part(key).replace(/\D/g, "");
  return { minor: `${number("major")}.${number("minor")}`, version: part("gitVersion") };
}

/** Creates the namespaces of a round, and sends its objects as a dry run. */
async function send(kubectl: Kubectl, { namespaces, sent }: Round): Promise<readonly string[]> {
  const byNamespace = new Map<string, Sent[]>();
  for (const each of sent) byNamespace.set(each.namespace, [...(byNamespace.get(each.namespace) ?? []), each]);
  await kubectl.apply(namespaces.map((object) => ({ object })));
  // A pod is refused as long as the default service account of its namespace does not exist, which a controller creates later.
  const accounts = [...byNamespace.keys()].map((namespace) => ({
    object: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace } },
  }));
  await kubectl.apply(accounts);
  const refused = await inParallel([...byNamespace], ([namespace, objects]) =>
    kubectl.apply(objects, ["--dry-run=server", "--namespace", namespace]),
  );
  return refused.flat().map(({ item, message }) => text(item, item.about, message));
}

const text = ({ cluster, release }: Rendered | Sent, about: string, message: string): string =>
  `${cluster} ${release} ${about}: ${message}`;

/** Renders every distinct release. A failure is a finding. A release is sent once for each set of labels of its namespace. */
async function everything(
  stacks: readonly VerifiedStack[],
  minor: string,
): Promise<{ readonly rendered: readonly Rendered[]; readonly failures: readonly string[] }> {
  const releases = new Map<string, { release: Release; stack: string }>();
  const namespaces: Rendered[] = [];
  for (const { json, cluster, directory } of stacks) {
    const labels = new Map<unknown, PlainMap>();
    for (const object of namespacesOf(json)) {
      const name = String(valueAt(object, "metadata", "name"));
      namespaces.push({ cluster: cluster.name, release: "namespace", namespace: name, object });
      labels.set(name, object);
    }
    for (const release of releasesOf(json, cluster.name))
      releases.set(`${kindOfRelease(release)} ${JSON.stringify(labels.get(release.namespace))}`, {
        release,
        stack: directory,
      });
  }
  const failures: string[] = [];
  const rendered = await inParallel(
    [...releases.values()],
    async ({ release, stack }): Promise<readonly Rendered[]> => {
      const { cluster, name, namespace } = release;
      try {
        const folder = release.repository === undefined ? join(stack, release.chart) : await chartFolder(release);
        const output = await render(
          { ...release, minors: [minor], folder },
          { minor, words: ["--include-crds", "--skip-tests"] },
        );
        return objectsOf(output).map((object) => ({ cluster, release: name, namespace, object }));
      } catch (error) {
        failures.push(`${cluster} ${name}: ${error instanceof Error ? error.message : error}`);
        return [];
      }
    },
  );
  return { rendered: [...namespaces, ...rendered.flat()], failures };
}

/** Returns the CRDs, each text once: many clusters install the same. */
function uniqueCrds(rendered: readonly Rendered[]): readonly Rendered[] {
  return [...new Map(rendered.filter(isCrd).map((each) => [JSON.stringify(each.object), each])).values()];
}
