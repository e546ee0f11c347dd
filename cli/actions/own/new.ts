import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DefinitionFiles } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import { ExpectedError } from "../../../language/expected-error";
import type { NewCluster } from "../../../operations/new-cluster/cluster-file";
import { newCluster } from "../../../operations/new-cluster/new-cluster";
import type { NewClusterReport } from "../../../operations/new-cluster/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, load, shippedDirectory } from "../../shared/definitions";
import { printJson } from "../../shared/print";
import { printProblems } from "../../shared/problem-report";

type Flags = {
  readonly owner: string | undefined;
  readonly account: string | undefined;
  readonly tier: string | undefined;
  readonly channel: string | undefined;
  readonly region: string | undefined;
  readonly zones: string | undefined;
  readonly size: string | undefined;
  readonly preset: string;
  readonly "dry-run": boolean;
  readonly today: string | undefined;
};

/** Names of flags that differ from those of the request. */
const FLAGS: Readonly<Record<string, string>> = { name: "<CLUSTER_NAME>", prefix: "--size", releaseModel: "--channel" };

export const run = action(({ flags, json, positionals }: Input<Flags>) => {
  const [name = ""] = positionals;
  const directory = definitionsDirectory();
  const ranges = join(directory, "ranges.yaml");
  const today = dayOf(flags.today);
  const answer = newCluster(
    {
      name,
      owner: flags.owner,
      account: flags.account,
      tier: flags.tier,
      releaseModel: flags.channel,
      region: flags.region,
      zones: zonesOf(flags.zones),
      prefix: lengthOf(flags.size),
      preset: flags.preset,
    },
    {
      layers: new Layers(new DefinitionFiles(directory, shippedDirectory())),
      fleet: load(undefined, today),
      ranges: existsSync(ranges) ? readFileSync(ranges, "utf8") : undefined,
    },
  );
  if ("problems" in answer)
    throw new ExpectedError(
      answer.problems.map(({ flag, message }) => `${FLAGS[flag] ?? `--${flag}`} ${message}`).join("\n"),
    );
  const { cluster, files } = answer;
  const dry = flags["dry-run"];
  if (!dry) printProblems(written(files, () => load(name, today)).warnings);
  if (json) printJson(reportOf(cluster, files, !dry));
  else if (dry) for (const [path, text] of files) console.log(`# ${path}\n${text}`);
  else console.log(nextSteps(name, [...files.keys()], cluster.range));
  return 0;
});

function reportOf(
  { account, name, owner, preset, range, region, tier }: NewCluster,
  files: ReadonlyMap<string, string>,
  written: boolean,
): NewClusterReport {
  return { version: 1, name, owner, account, tier, region, range, preset, files: Object.fromEntries(files), written };
}

/** The length of a prefix, with or without its slash. */
function lengthOf(flag: string | undefined): number | undefined {
  if (flag === undefined) return undefined;
  if (!/^\/?\d+$/.test(flag))
    throw new ExpectedError(`--size must be a whole number, such as 16, but is ${JSON.stringify(flag)}`);
  return Number(flag.replace("/", ""));
}

function zonesOf(flag: string | undefined): number | readonly string[] | undefined {
  if (flag === undefined) return undefined;
  return /^\d+$/.test(flag) ? Number(flag) : flag.split(",").map((zone) => zone.trim());
}

/** Writes files and runs `check`. If that fails, every file is as it was. */
function written<Result>(files: ReadonlyMap<string, string>, check: () => Result): Result {
  const before = new Map([...files.keys()].map((path) => [path, existsSync(path) ? readFileSync(path) : undefined]));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return check();
  } catch (error) {
    for (const [path, content] of before) {
      if (content === undefined) rmSync(path, { force: true });
      else writeFileSync(path, content);
    }
    throw error;
  }
}

function nextSteps(name: string, paths: readonly string[], range: string): string {
  return `${paths.map((path) => `wrote ${path}`).join("\n")}

${name} has ${range}. Next:
  npx fleet show ${name} --origin    every value, and where it comes from
  npx fleet rehearse ${name}         apply it to a simulated cloud
  git add ${paths.join(" ")}         and open a pull request`;
}
