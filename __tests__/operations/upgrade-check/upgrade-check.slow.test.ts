import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dayOf } from "../../../cli/shared/definitions";
import { upgradeCheckText } from "../../../cli/texts/upgrade-check-text";
import { otherProgram } from "../../../operations/upgrade-check/other-program";
import { upgradeCheckReport } from "../../../operations/upgrade-check/report";
import { upgradeCheck } from "../../../operations/upgrade-check/upgrade-check";
import { name, version } from "../../../package.json";
import { scratch } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

const HOST = {
  folder: resolve("."),
  workingTree: resolve("."),
  name,
  version,
  isPackage: true,
  cache: join(work.path, "programs"),
  placed: undefined,
};

const CHANGELOG = `# Changelog

## 9.0.0

No VPC resolves names.

## ${version}

What runs.
`;

/** A newer version of the program: it runs this one, and changes what that writes, or refuses everything. */
function newer(folder: string, after: string): string {
  const path = join(work.path, folder);
  mkdirSync(join(path, "definitions"), { recursive: true });
  writeFileSync(join(path, "package.json"), JSON.stringify({ name, version: "9.0.0" }));
  writeFileSync(join(path, "CHANGELOG.md"), CHANGELOG);
  cpSync("definitions/defaults.yaml", join(path, "definitions/defaults.yaml"));
  writeFileSync(
    join(path, "launch.mjs"),
    `import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
const { status } = spawnSync(process.execPath, [${JSON.stringify(resolve("launch.mjs"))}, ...process.argv.slice(2)], { stdio: "inherit" });
if (status !== 0) process.exit(status);
${after}
`,
  );
  return path;
}

const NO_NAMES = `
const stacks = process.env.CDKTF_OUTDIR + "/stacks/";
for (const stack of readdirSync(stacks)) {
  const file = stacks + stack + "/cdk.tf.json";
  writeFileSync(file, readFileSync(file, "utf8").replace('"enable_dns_support": true', '"enable_dns_support": false'));
}
console.error("warning: names are not resolved any more");`;

const check = (to: string) =>
  upgradeCheck({
    directory: SAMPLE_FLEET,
    shipped: "definitions",
    select: "edge.acme.example.net",
    // The other program counts from the day of the run.
    today: dayOf(undefined),
    host: HOST,
    other: otherProgram(to, HOST),
  });

test("shows what a newer version changes, its own warnings, and its changelog", async () => {
  const report = await check(newer("newer", NO_NAMES));

  expect(upgradeCheckReport.parse(report)).toEqual(report);
  expect(
    upgradeCheckText(report, { colours: false, width: 120 }),
  ).toBe(`1 cluster changes of 1, if version 9.0.0 replaces ${version}
1 update in 1 stack

edge.acme.example.net
  ~ update networking aws_vpc.network_39EEAA36
      enable_dns_support: true -> false

Warnings of 9.0.0 only
  warning: names are not resolved any more

Changelog 9.0.0
  No VPC resolves names.`);
});

test("shows what a newer version refuses, and compares nothing then", async () => {
  const report = await check(newer("strict", 'console.error("error: tfvars.networking: is gone"); process.exit(1);'));

  expect(report).toMatchObject({ compared: 0, clusters: [], refused: ["error: tfvars.networking: is gone"] });
});
