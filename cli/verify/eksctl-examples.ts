import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFleet } from "../../fleet/load";
import { DefinitionFiles } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { DefinitionError, type Problem } from "../../language/problem";
import { eksctlAnswer } from "../../operations/import/eksctl/answer";
import { readConfig } from "../../operations/import/eksctl/read-config";
import { outputOf, ToolError } from "./tool";

const PAGE = "docs/operations/import-from-eksctl.md";
const FLEET = "__tests__/fleets/samples";

/** The account of the roles in eksctl's examples. */
const ACCOUNT = `id: "111122223333"
state: { bucket: example-state, region: us-west-2 }
roles: { deploy: "arn:aws:iam::111122223333:role/deploy", plan: "arn:aws:iam::111122223333:role/plan" }
tfvars:
  cluster:
    access_entries:
      - { name: admin, principal_arn: "arn:aws:iam::111122223333:role/admin", access_policy: AmazonEKSClusterAdminPolicy }
`;

/** The result of one example. */
interface Row {
  readonly example: string;
  readonly result: string;
  readonly left: number | undefined;
}

/**
 * Imports every example of a checkout of eksctl, validates it and applies it to the simulated cloud. Returns the rows of the page's table
 * that differ, and prints the table.
 */
export async function verifyEksctl(): Promise<readonly string[]> {
  const checkout = process.env["EKSCTL_DIR"];
  if (checkout === undefined)
    throw new ToolError("EKSCTL_DIR is required: a checkout of https://github.com/eksctl-io/eksctl");
  const folder = join(checkout, "examples");
  const examples = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  const lines: string[] = [];
  for (const example of examples.sort()) {
    const line = lineOf(await rowOf(example.replace(".yaml", ""), readFileSync(join(folder, example))));
    lines.push(line);
    console.log(line);
  }
  const known = new Set(readFileSync(PAGE, "utf8").split("\n"));
  return lines.filter((line) => !known.has(line)).map((line) => `${PAGE} has no row: ${line}`);
}

function lineOf({ example, left, result }: Row): string {
  return `| ${example} | ${result} | ${left ?? ""} |`;
}

async function rowOf(example: string, bytes: Uint8Array): Promise<Row> {
  const directory = mkdtempSync(join(tmpdir(), "eksctl-"));
  try {
    for (const part of ["tiers", "channels.yaml"])
      cpSync(join(FLEET, part), join(directory, part), { recursive: true });
    mkdirSync(join(directory, "accounts"));
    writeFileSync(join(directory, "accounts", "open.yaml"), ACCOUNT);
    const { problems, root } = readConfig(`${example}.yaml`, bytes);
    if (root === undefined) return { example, left: undefined, result: `no: ${reason(problems)}` };
    const definitions = { directory, shipped: "definitions", today: new Date().toISOString().slice(0, 10) };
    const answer = eksctlAnswer(
      {
        root,
        source: `${example}.yaml`,
        name: undefined,
        zones: [],
        out: undefined,
        account: "open",
        tier: "development",
        owner: undefined,
        releaseModel: undefined,
      },
      {
        ...definitions,
        fleet: loadFleet({ ...definitions, withoutClusters: true }),
        layers: new Layers(new DefinitionFiles(directory, definitions.shipped)),
        ranges: undefined,
      },
    );
    if (answer.report === undefined)
      return { example, left: undefined, result: answer.problems.map(({ message }) => message).join("; ") };
    const { cluster, file, left, text, valid } = answer.report;
    const count = left.filter(({ fate }) => fate === "not_translated").length;
    if (!valid) return { example, left: count, result: `imports; not valid: ${reason(answer.problems)}` };
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
    await outputOf("env", [
      `DEFINITIONS_DIR=${directory}`,
      ...["node", "cli/fleet.mjs", "rehearse", cluster, "--base", "none"],
    ]);
    return { example, left: count, result: "imports, validates, rehearses" };
  } catch (error) {
    if (error instanceof DefinitionError) return { example, left: undefined, result: `no: ${reason(error.problems)}` };
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function reason(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.map(({ message, path }) => `\`${path}\` ${message.replaceAll("|", "\\|")}`).join("; ");
}
