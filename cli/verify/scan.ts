import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { explainedChecks, kindsOf, readableByCheckov } from "./checkov";
import { withStacks } from "./fleets";
import { outputOf } from "./tool";

/** The page whose table explains findings. */
const PAGE = "docs/security.md";

/** Scans every stack with checkov. Prints the findings by kind, and returns the kinds that the page does not explain. */
export async function scan(): Promise<readonly string[]> {
  const explained = explainedChecks(readFileSync(PAGE, "utf8"));
  return withStacks(async (stacks, work) => {
    const copies = join(work, "copies");
    for (const [index, { name, json }] of stacks.entries()) {
      const directory = join(copies, `${index}-${name}`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(readableByCheckov(json)));
    }
    const checkov = process.env["CHECKOV"] ?? "checkov";
    const version = (await outputOf(checkov, ["--version"])).trim();
    const words =
      "--framework terraform_json --skip-download --compact --quiet --soft-fail --output json --directory".split(" ");
    const report = await outputOf(checkov, [...words, copies]);
    const { passed, kinds } = kindsOf(JSON.parse(report));
    const table = new Table({ head: ["check", "failed", "explained"], style: { head: [], border: [], compact: true } });
    for (const { id, name, resources } of kinds) {
      table.push([`${id}: ${name}`, resources.length, explained.has(id) ? "yes" : "no"]);
    }
    const failed = kinds.reduce((sum, { resources }) => sum + resources.length, 0);
    console.log(table.toString());
    console.log(`checkov ${version}: ${stacks.length} stacks, ${passed} checks passed, ${failed} failed`);
    const gone = [...explained].filter((id) => !kinds.some((kind) => kind.id === id));
    if (gone.length > 0) console.log(`${PAGE} explains kinds that were not found: ${gone.join(", ")}`);
    return kinds
      .filter(({ id }) => !explained.has(id))
      .map(({ id, name, resources }) => `${id}: ${name}: ${resources.join(", ")}. Fix it, or explain it in ${PAGE}`);
  });
}
