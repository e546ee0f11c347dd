import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tryGit } from "../../../fleet/programs/git";
import { type Host, thisProgram } from "../../../fleet/programs/host";
import { findProgram } from "../../../fleet/programs/pinned-program";
import type { Layers } from "../../../fleet/read/layers";
import { ExpectedError } from "../../../language/expected-error";
import { isMap, valueAt } from "../../../language/plain-map";
import { type Cut, cutText } from "../../../operations/release/new-release";
import { releaseNamed } from "../../../operations/release/release-diff";
import { nextName } from "../../../operations/versions/next-release";
import { newestRelease } from "../../../operations/versions/versions";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson } from "../../shared/print";
import { openLayers } from "./open-layers";

type Flags = {
  readonly from: string;
  readonly name: string | undefined;
  readonly "cannot-skip": string | undefined;
  readonly "no-way-back": string | undefined;
  readonly today: string | undefined;
};

export const run = action(({ flags, json }: Input<Flags>): ExitCode => {
  const today = dayOf(flags.today);
  const layers = openLayers();
  const from = layers.releaseOf(flags.from);
  releaseNamed(layers, from);
  const name = nameOf(flags.name, today, layers);
  const program = programOf(thisProgram());
  const text = readFileSync(layers.files.layerFile("releases", from) ?? "", "utf8");
  const [cannotSkip, noWayBack] = (["cannot-skip", "no-way-back"] as const).map((flag) => reasonOf(flag, flags[flag]));
  const cut = { name, from, text, program, cannotSkip, noWayBack, today };
  const file = join(definitionsDirectory(), "releases", `${name}.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, cutText(cut), { flag: "wx" }); // does not overwrite a file that was written meanwhile
  const report = { version: 1, name, from, program: program.version, file } as const;
  if (json) printJson(report);
  else {
    console.log(`Written ${file}: the versions of ${from}, with program ${program.version}`);
    console.log(
      `Check it with fleet release check ${name}, commit it, and promote it: fleet promote ${flags.from} ${name}`,
    );
  }
  return 0;
});

/** The release's schema requires the same, and would refuse the file that was written. */
function reasonOf(flag: string, reason: string | undefined): string | undefined {
  if (reason !== undefined && (reason.trim().length < 10 || reason.trim().length > 500))
    throw new ExpectedError(`--${flag} must be a reason of 10 to 500 characters`);
  return reason?.trim();
}

function nameOf(given: string | undefined, today: string, layers: Layers): string {
  const name = given ?? nextName(today, newestRelease(layers));
  if (!/^[\w-][\w.-]*$/.test(name))
    throw new ExpectedError(`--name must be the name of a file, such as 2027.01, but is ${JSON.stringify(name)}`);
  if (layers.files.layerFile("releases", name) !== undefined)
    throw new ExpectedError(`release ${name} exists, and a release never changes. Choose another --name`);
  return name;
}

/** Returns the version of the program with the identity of its content: the commit of its tag, or the hash of the package. */
function programOf(host: Host): Cut["program"] {
  const { version } = host;
  if (host.isPackage) {
    const lock = readJson("package-lock.json");
    const integrity = valueAt(lock, "packages", `node_modules/${host.name}`, "integrity");
    const resolved = valueAt(lock, "packages", `node_modules/${host.name}`, "resolved");
    return {
      version,
      ...(typeof integrity === "string" && { integrity }),
      ...(typeof resolved === "string" && resolved.startsWith("file:") && { source: resolved.slice("file:".length) }),
    };
  }
  const tag = `v${version}`;
  if (tryGit(host.workingTree, ["rev-parse", "--verify", "--quiet", `refs/tags/${tag}`]) === undefined)
    throw new ExpectedError(
      `the repository has no tag ${tag}, so program ${version} could not be fetched later. Commit everything, and set the tag: git tag ${tag}`,
    );
  if (findProgram({ version }, host) !== undefined)
    throw new ExpectedError(
      `the program differs from the tag ${tag}, so a release with that version would not contain what runs. Raise the version in package.json, commit, and set the tag of that commit`,
    );
  const commit = tryGit(host.workingTree, ["rev-parse", `refs/tags/v${version}^{commit}`])?.trim();
  return { version, ...(commit && { commit }) };
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isMap(content) ? content : {};
  } catch {
    return {}; // the program is installed without a lock file
  }
}
