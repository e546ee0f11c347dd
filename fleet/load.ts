import { basename, extname } from "node:path";
import picomatch from "picomatch";
import type { Finding } from "./checks/finding";
import { checkOverlaps, sharedSlugs } from "./checks/fleet";
import type { Account, Cluster } from "./cluster";
import { DefinitionFiles } from "./files";
import { emptyMap, Layers, treeOf } from "./layers";
import { isMended } from "./parse-with-places";
import { compareText, DefinitionError, inReadingOrder, type Problem } from "./problem";
import { findingProblems, type ResolvedDefinition, resolveDefinition, toCluster } from "./resolve";
import { didYouMean, listed } from "./suggest";
import { layOver } from "./yaml/merge";
import { descend, placeOf } from "./yaml/tree";

export interface LoadOptions {
  /** The directory of definitions, as it is shown in messages. */
  readonly directory: string;
  /** The definitions that come with the program. */
  readonly shipped: string;
  /** Names or globs, separated by commas; undefined for every cluster. */
  readonly select?: string | undefined;
  /** The day of the run, YYYY-MM-DD: it makes warnings, never errors or output. */
  readonly today: string;
}

export interface Fleet {
  /** In order of their names. */
  readonly clusters: readonly Cluster[];
  readonly warnings: readonly Problem[];
}

/**
 * Loads definitions, lays their layers, checks them. With a selection only the selected clusters' files are read, so that one
 * costs the same in any fleet; what needs every cluster (overlapping ranges of those that are not selected) is checked where
 * everything is loaded, as CI does.
 *
 * @throws DefinitionError with every problem there is, if one of them is an error.
 */
export function loadFleet(options: LoadOptions): Fleet {
  const files = new DefinitionFiles(options.directory, options.shipped);
  if (!files.exists()) {
    throw new DefinitionError([
      outsideFiles("DEFINITIONS_DIR", `there is no directory ${JSON.stringify(options.directory)}`),
    ]);
  }
  const layers = new Layers(files);
  const every = files.clusterFiles();
  const chosen = select(every, options.select);
  const problems: Problem[] = [...chosen.problems];
  const resolved: ResolvedDefinition[] = [];
  for (const file of chosen.files) {
    const parsed = files.read(file);
    problems.push(...parsed.problems, ...fileNameProblems(file));
    if (parsed.root !== undefined)
      resolved.push(resolveDefinition(file, nameOf(file), parsed.root, layers, options.today));
  }
  if (options.select === undefined) {
    layers.readAll();
    problems.push(...unusedLayerProblems(layers, resolved, options.today), ...accountProblems(layers));
  }
  problems.push(...layers.problems, ...resolved.flatMap((definition) => definition.problems));
  problems.push(...nameProblems(every, resolved), ...overlapProblems(resolved, every.map(nameOf)));

  const told = inReadingOrder(problems);
  if (told.some(({ severity }) => severity === "error")) throw new DefinitionError(told);
  const clusters = resolved.flatMap(({ subject }) => (subject === undefined ? [] : toCluster(subject, layers)));
  return { clusters: clusters.sort((a, b) => compareText(a.name, b.name)), warnings: told };
}

const nameOf = (file: string): string => basename(file, extname(file));

function outsideFiles(path: string, message: string): Problem {
  return { severity: "error", place: null, path, message };
}

function select(
  files: readonly string[],
  selection: string | undefined,
): { files: readonly string[]; problems: Problem[] } {
  if (selection === undefined) return { files, problems: [] };
  const names = files.map(nameOf);
  const chosen = new Set<string>();
  const problems: Problem[] = [];
  const patterns = selection
    .split(",")
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== "");
  if (patterns.length === 0)
    problems.push(outsideFiles("CLUSTER_NAME", "is empty: give a name or a glob, or leave it unset for every cluster"));
  for (const pattern of patterns) {
    const matches = picomatch(pattern);
    const matched = files.filter((file) => matches(nameOf(file)));
    for (const file of matched) chosen.add(file);
    if (matched.length > 0) continue;
    const known = didYouMean(pattern, names) || `; there are: ${listed(names)}`;
    problems.push(outsideFiles("CLUSTER_NAME", `no cluster is named ${JSON.stringify(pattern)}${known}`));
  }
  return { files: files.filter((file) => chosen.has(file)), problems };
}

function fileNameProblems(file: string): Problem[] {
  if (extname(file) === ".yaml") return [];
  return [
    { severity: "error", place: { file, line: 1, column: 1 }, path: "", message: "must end in .yaml: rename the file" },
  ];
}

/** One name in two files, and two names that make one slug. File names are enough for that, so every file counts. */
function nameProblems(every: readonly string[], resolved: readonly ResolvedDefinition[]): Problem[] {
  const files = new Map<string, string[]>();
  const count = (name: string, file: string): void => {
    const there = files.get(name) ?? [];
    if (!there.includes(file)) files.set(name, [...there, file]);
  };
  for (const file of every) count(nameOf(file), file);
  for (const { name, file } of resolved) count(name, file);
  const problems: Problem[] = [];
  for (const definition of resolved) {
    const [first] = files.get(definition.name) ?? [];
    if (first === undefined || first === definition.file) continue;
    const message = `is the name of the cluster in ${first} too: each cluster has a name of its own`;
    problems.push(...findingProblems({ ...definition, mended: [] }, [{ path: ["meta", "CLUSTER_NAME"], message }]));
  }
  const slugs = sharedSlugs([...files.keys()]);
  for (const definition of resolved) {
    for (const { name, other } of slugs) {
      if (definition.name !== name) continue;
      const message = `makes the same stack and cluster names as ${other}, because dots become dashes: rename one`;
      problems.push(...findingProblems({ ...definition, mended: [] }, [{ path: ["meta", "CLUSTER_NAME"], message }]));
    }
  }
  return problems;
}

/** Only ranges that were read and accepted are compared. */
function overlapProblems(resolved: readonly ResolvedDefinition[], every: readonly string[]): Problem[] {
  const ranged = resolved.flatMap(({ name, subject, mended }) =>
    subject === undefined || isMended(mended, "tfvars.networking.vpc_cidr")
      ? []
      : [{ name, account: subject.account, tfvars: subject.definition.tfvars }],
  );
  const findings: ReadonlyMap<string, readonly Finding[]> = checkOverlaps(ranged, every);
  return resolved.flatMap((definition) => findingProblems(definition, findings.get(definition.name) ?? []));
}

/** A layer that no cluster takes is checked as if one did: its first user must not be the one who finds the mistake. */
function unusedLayerProblems(layers: Layers, resolved: readonly ResolvedDefinition[], today: string): Problem[] {
  const used = new Set(
    resolved.flatMap(({ subject }) =>
      subject === undefined
        ? []
        : [
            `accounts/${subject.account.name}`,
            `releases/${subject.release.name}`,
            `tiers/${subject.definition.meta.TIER}`,
          ],
    ),
  );
  const skeleton = treeOf({
    meta: { CLUSTER_NAME: "unused.example.com" },
    tfvars: { common: { aws_region: Object.keys(layers.regions)[0] ?? "" } },
  });
  return (["accounts", "releases", "tiers"] as const).flatMap((folder) =>
    layers.files.names(folder).flatMap((name) => {
      const file = layers.files.layer(folder, name);
      if (used.has(`${folder}/${name}`) || file?.root === undefined) return [];
      const tfvars = file.root.entries.get("tfvars");
      if (tfvars === undefined) return [];
      const cluster = layOver({ ...emptyMap(""), entries: new Map([["tfvars", tfvars]]) }, skeleton);
      if (cluster.kind !== "map") return [];
      const { problems } = resolveDefinition("", "unused.example.com", cluster, layers, today);
      // Only what the layer says itself: what a cluster would have to add is not its fault.
      const own = placeOf(tfvars).file;
      return problems.filter((problem) => problem.place?.file === own && !problem.message.includes("(for cluster"));
    }),
  );
}

/** Each account once, and its roles in it: a copied file whose id was changed in one place only would deploy elsewhere. */
function accountProblems(layers: Layers): Problem[] {
  const owner = new Map<string, string>();
  return layers.files.names("accounts").flatMap((name) => {
    const own: Account | undefined = layers.account(name).own;
    const root = layers.files.layer("accounts", name)?.root;
    if (own === undefined || root === undefined) return [];
    const problem = (path: readonly string[], message: string): Problem => ({
      severity: "error",
      place: placeOf(descend(root, path).tree),
      path: path.join("."),
      message,
    });
    const first = owner.get(own.id);
    owner.set(own.id, first ?? name);
    const problems =
      first === undefined ? [] : [problem(["id"], `is the id of account ${first} too: keep one file an account`)];
    for (const role of ["deploy", "plan"] as const) {
      if (own.roles[role].split(":")[4] === own.id) continue;
      problems.push(problem(["roles", role], `must be a role of account ${own.id}, got ${own.roles[role]}`));
    }
    if (layers.regions[own.state.region] === undefined) {
      const message = `unknown region ${JSON.stringify(own.state.region)}${didYouMean(own.state.region, Object.keys(layers.regions))}`;
      problems.push(problem(["state", "region"], message));
    }
    return problems;
  });
}
