import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/**
 * A version of the program that does little: each stack shows what the program received, and the key `beyond` in a cluster's file is
 * unknown to it.
 */
const MAIN = (version: string) => `
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
const { CDKTF_OUTDIR: out, CLUSTER_NAME: names, DEFINITIONS_DIR: directory } = process.env;
const stacks = {};
for (const name of names.split(",")) {
  const file = readdirSync(directory, { recursive: true }).find((each) => each.endsWith(name + ".yaml"));
  const text = readFileSync(directory + "/" + file, "utf8");
  if (text.includes("beyond")) { console.error(directory + "/" + file + " is refused"); process.exit(1); }
  if (text.includes("warn")) console.error(directory + "/" + file + " warning");
  for (const kind of ["networking", "eks-cluster", "eks-workers", "addons"]) {
    const id = name.replaceAll(".", "-") + "-" + kind;
    mkdirSync(out + "/stacks/" + id, { recursive: true });
    writeFileSync(out + "/stacks/" + id + "/cdk.tf.json", JSON.stringify({ program: "${version}", releases: readdirSync(directory + "/releases"), text }));
    stacks[id] = { name: id, annotations: [], constructPath: id, dependencies: [], synthesizedStackPath: "stacks/" + id + "/cdk.tf.json", workingDirectory: "stacks/" + id };
  }
}
writeFileSync(out + "/manifest.json", JSON.stringify({ version: "0.21.0", stacks }));
`;

const FLEET = `
import { readdirSync, readFileSync } from "node:fs";
const { CLUSTER_NAME: names, DEFINITIONS_DIR: directory } = process.env;
const problems = names.split(",").flatMap((name) => {
  const file = directory + "/" + readdirSync(directory, { recursive: true }).find((each) => each.endsWith(name + ".yaml"));
  const text = readFileSync(file, "utf8");
  const line = text.split("\\n").findIndex((each) => each.includes("beyond")) + 1;
  const [, path] = /# beyond: (.*)/.exec(text) ?? [];
  if (line === 0) return [];
  return [{ rule: "unknown-key", severity: "error", file, line, column: 3, path, message: "unknown key in " + file, clusters: [] }];
});
console.log(JSON.stringify({ version: 1, problems }));
`;

/** Places a version of the program where FLEET_PROGRAMS_DIR can name it. Its defaults differ from those of the program that runs. */
export function placeProgram(folder: string, version: string, defaults: (values: Defaults) => void = () => {}): void {
  const program = join(folder, version);
  mkdirSync(join(program, "cli"), { recursive: true });
  mkdirSync(join(program, "definitions"));
  writeFileSync(join(program, "launch.mjs"), MAIN(version));
  writeFileSync(join(program, "cli/fleet.mjs"), FLEET);
  cpSync("definitions/regions.yaml", join(program, "definitions/regions.yaml"));
  const values = parse(readFileSync("definitions/defaults.yaml", "utf8")) as Defaults;
  defaults(values);
  writeFileSync(join(program, "definitions/defaults.yaml"), stringify(values));
}

interface Defaults {
  readonly tfvars: { readonly common: Record<string, unknown> };
}
