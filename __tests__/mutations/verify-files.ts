import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import YAML from "yaml";
import { modelOf } from "../../cli/shared/pipelines";
import { buildFleet, checkFleet } from "../../fleet/load";
import { loadAccountPlan } from "../../fleet/load-account";
import { CI_SYSTEMS } from "../../fleet/schema/pipelines";
import type { Problem } from "../../language/problem";
import { rolloutFleet } from "../../operations/rollout/decide/fleet";
import { planRollout } from "../../operations/rollout/forecast/plan";
import { History } from "../../operations/rollout/records/history";
import { generate, noticesOf } from "../../pipelines/generate";
import { synthesizeAccount } from "../../synth/synthesize-account";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { type Figures, type Mutant, tryMutants } from "./figures";
import { mutant, Random } from "./mutate";

const TODAY = "2026-09-01";
const SHIPPED = "definitions";
const CLUSTERS = ["platform/staging.dev.example.com.yaml", "platform/insiders.dev.example.com.yaml"];
/** Labels that rollouts.yaml selects by; the clusters' files end inside `tfvars`. */
const LABELS = "  rollout: { labels: { stage: first, pair: a } }\n";

const read = (...path: string[]): string => readFileSync(join(...path), "utf8");
const whole = (name: string): string => read("__tests__/mutations/files", name);

/** Every file of a fleet besides its clusters: path -> text. */
const FILES: ReadonlyMap<string, string> = new Map([
  ["accounts/sandbox.yaml", laidOver(whole("account.yaml"), read(SAMPLE_FLEET, "accounts/sandbox.yaml"))],
  ["tiers/development.yaml", read(SAMPLE_FLEET, "tiers/development.yaml")],
  ["tiers/staging.yaml", read(SAMPLE_FLEET, "tiers/staging.yaml")],
  ["channels.yaml", read(SAMPLE_FLEET, "channels.yaml")],
  ["pipelines.yaml", whole("pipelines.yaml")],
  ["rollouts.yaml", whole("rollouts.yaml")],
  ["ranges.yaml", whole("ranges.yaml")],
  ["exceptions/roll-general.yaml", whole("exception.yaml")],
  ["adopted/staging.dev.example.com.yaml", whole("adopted.yaml")],
  ...["regions.yaml", "kubernetes-support.yaml", "seen-versions.yaml", "defaults.yaml", "releases/2026.11.yaml"].map(
    (file) => [file, read(SHIPPED, file)] as const,
  ),
]);
/** Those without which the clusters cannot be loaded. */
const LAYERS = ["accounts/sandbox.yaml", "tiers/development.yaml", "tiers/staging.yaml", "channels.yaml"];
const texts = [...FILES.values()];

function laidOver(upper: string, lower: string): string {
  const { tfvars, roles, ...rest } = YAML.parse(upper);
  const under = YAML.parse(lower);
  return YAML.stringify({
    ...under,
    ...rest,
    roles: { ...under.roles, ...roles },
    tfvars: { ...under.tfvars, ...tfvars },
  });
}

/** Every file unchanged, as mutants. */
export const unchanged: readonly Mutant[] = [...FILES].map(([name, text]) => ({ name, bytes: Buffer.from(text) }));

function fileMutantOf(seed: number, number: number): Mutant {
  const random = new Random(seed * 1_000_003 + number);
  const [name, text] = random.of([...FILES]);
  return { name, bytes: mutant(text, texts, random) };
}

/** Loads mutants of files that are no clusters. */
export function verifyFileMutations({
  seed,
  mutants,
  each,
}: {
  readonly seed: number;
  readonly mutants: number;
  readonly each: number;
}): Figures {
  return verifyFiles(mutants, (number) => fileMutantOf(seed, number), each);
}

/** Loads a fleet of two clusters with each of these files; what every `each`th accepted one decides is created. */
export function verifyFiles(mutants: number, mutantOf: (number: number) => Mutant, each: number): Figures {
  mkdirSync("dist", { recursive: true });
  const scratch = mkdtempSync(join("dist", "mutants-")); // code owners can only name files of the repository
  const directory = join(scratch, "definitions");
  for (const file of CLUSTERS)
    write(join(directory, "clusters", basename(file)), `${read(SAMPLE_FLEET, "clusters", file)}\n${LABELS}`);
  for (const file of LAYERS) write(join(directory, file), FILES.get(file) ?? "");
  const figures = tryMutants(mutants, mutantOf, (changed, counted) => {
    const file = join(directory, changed.name);
    write(file, changed.bytes);
    try {
      return verify(changed, counted, { directory, each, output: join(scratch, "output") });
    } finally {
      if (LAYERS.includes(changed.name)) write(file, FILES.get(changed.name) ?? "");
      else rmSync(file);
    }
  });
  rmSync(scratch, { recursive: true, force: true });
  return figures;
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function verify(
  { name }: Mutant,
  figures: Figures,
  { directory, each, output }: { readonly directory: string; readonly each: number; readonly output: string },
): readonly Problem[] {
  const { problems, ...checked } = checkFleet({ directory, shipped: SHIPPED, today: TODAY });
  if (problems.some(({ severity }) => severity === "error")) {
    figures.refused += 1;
    return problems;
  }
  figures.accepted += 1;
  const resolved = { ...checked, warnings: problems };
  const fleet = buildFleet(resolved);
  if (name === "pipelines.yaml") {
    for (const system of CI_SYSTEMS) {
      const model = modelOf(resolved, fleet, system);
      if (model === undefined) throw new Error("no error, and no pipelines");
      generate(model);
      noticesOf(model);
    }
    figures.synthesized += 1;
  } else if (name === "rollouts.yaml") {
    if (fleet.rollouts === undefined) throw new Error("no error, and no rollouts");
    const members = fleet.clusters.map((cluster) => ({
      ...cluster,
      target: { release: cluster.release.name, digest: "0" },
      supported: undefined,
      gateless: undefined,
    }));
    planRollout(rolloutFleet(fleet.rollouts, members), new History(), Date.parse(TODAY), 10);
    figures.synthesized += 1;
  } else if (figures.accepted % each === 0) {
    if (name.startsWith("accounts/"))
      synthesizeAccount(loadAccountPlan("sandbox", { directory, shipped: SHIPPED }), output);
    for (const cluster of fleet.clusters) synthesizeCluster(cluster, output);
    figures.synthesized += 1;
  }
  return problems;
}
