import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Cluster } from "../../../fleet/model/cluster";
import { stackId } from "../../../fleet/model/stacks";
import { schemaProblems } from "../../../fleet/parse/problems";
import { ExpectedError } from "../../../language/expected-error";
import { DefinitionError, formatProblem, type Problem } from "../../../language/problem";
import { parseYaml } from "../../../language/yaml/parse";
import { synthesizeCluster } from "../../../synth/synthesize-cluster";
import type { NewClusterRequest, RequestProblem } from "../../new-cluster/request";
import { clusterOfDraft, type Definitions, problemsOfDraft, registryFor } from "../check-draft";
import { destinationOf } from "../destination";
import { describeCluster } from "./describe-cluster";
import { describeNetwork } from "./describe-network";
import { type Inventory, inventory as inventorySchema } from "./inventory";
import { ADOPTED_STACKS, type Imported, type Matched, matchAll } from "./match";
import type { Planned, Settings } from "./matching";
import { refusals } from "./refusals";
import type { AdoptReport } from "./report";
import { leftBehind, ownersOf } from "./what-stays";

export type AdoptRequest = Pick<NewClusterRequest, "account" | "name" | "owner" | "releaseModel" | "tier">;

/** The report and the problems. Nothing has been written yet. */
export interface AdoptAnswer {
  readonly report: Omit<AdoptReport, "written">;
  readonly problems: readonly Problem[];
}

/**
 * Reads an inventory from JSON.
 *
 * @throws ExpectedError if it is no JSON; DefinitionError with every property that is missing or wrong
 */
export function readInventory(file: string, text: string): Inventory {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ExpectedError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = inventorySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { root, problems } = parseYaml(file, Buffer.from(text)); // JSON is YAML
  if (root === undefined) throw new DefinitionError(problems);
  throw new DefinitionError(
    schemaProblems(root, inventorySchema, parsed.error.issues, { own: root }).map((problem) => ({
      ...problem,
      message: `${problem.message}. Collect the inventory again with the script that fleet adopt --script prints`,
    })),
  );
}

/**
 * Returns the definition of a running cluster, the ids of what Terraform imports, and everything that the first apply would change.
 *
 * @throws ExpectedError with every reason why the cluster cannot be adopted
 */
export function adopt(
  request: AdoptRequest,
  inventory: Inventory,
  definitions: Definitions,
): AdoptAnswer | { readonly problems: readonly RequestProblem[]; readonly report?: undefined } {
  const destination = destinationOf({ ...request, region: inventory.region }, definitions);
  if ("problems" in destination) return destination;
  const { account, name, owner } = destination;
  const reasons = refusals(inventory, { accountId: account.id, name });
  if (reasons.length > 0)
    throw new ExpectedError([`${name} cannot be adopted:`, ...reasons.map((reason) => `- ${reason}`)].join("\n"));

  const found = describeNetwork(inventory);
  const network = "reasons" in found ? undefined : found;
  const roles = definitions.layers.account(account.name).own?.roles ?? { deploy: "", plan: "" };
  const { notes, text } = describeCluster(inventory, destination, network, roles);
  const path = join(definitions.directory, "clusters", owner, `${name}.yaml`);
  const registry = registryFor(destination, network && inventory.vpcs[0]?.CidrBlock, definitions);
  const draft = { name, path, text, registry };
  const problems = problemsOfDraft(draft, definitions);
  const isValid = problems.every(({ severity }) => severity !== "error");
  const { creates, imports, traps, updates }: Matched = isValid
    ? matchAll(plannedOf(clusterOfDraft(draft, definitions)), { inventory, network })
    : { imports: [], creates: [], updates: [], traps: [] };
  const adopted = join(definitions.directory, "adopted", `${name}.yaml`);
  return {
    problems,
    report: {
      version: 1,
      cluster: name,
      network: { imported: network !== undefined, reasons: "reasons" in found ? [...found.reasons] : [] },
      files: {
        [path]: text,
        ...(registry && registry.text !== definitions.ranges && { [registry.path]: registry.text }),
        ...(isValid && { [adopted]: adoptedFile(name, imports) }),
      },
      problems: problems.filter(({ severity }) => severity === "error").map(formatProblem),
      imports: imports.map(({ address, id, keep = [], stack }) => ({ stack, address, id, keep: [...keep] })),
      creates: [...creates],
      updates: [...updates],
      traps: [...traps],
      owners: ownersOf(inventory),
      left: leftBehind(inventory),
      notes: [...notes],
    },
  };
}

/** Returns the resources of the stacks that import something. */
function plannedOf(cluster: Cluster): Planned[] {
  const output = mkdtempSync(join(tmpdir(), "fleet-adopt-"));
  try {
    synthesizeCluster(cluster, output);
    return ADOPTED_STACKS.flatMap((stack) => {
      const file = join(output, "stacks", stackId(cluster.slug, stack), "cdk.tf.json");
      const { resource = {} } = JSON.parse(readFileSync(file, "utf8")) as {
        readonly resource?: Readonly<Record<string, Readonly<Record<string, Settings>>>>;
      };
      return Object.entries(resource)
        .filter(([type]) => stack !== "addons" || type === "aws_eks_addon")
        .flatMap(([type, named]) => Object.entries(named).map(([name, settings]) => ({ stack, type, name, settings })));
    });
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

function adoptedFile(name: string, imports: readonly Imported[]): string {
  const stacks = Object.fromEntries(
    ADOPTED_STACKS.map((stack) => [
      stack,
      Object.fromEntries(
        imports
          .filter((each) => each.stack === stack)
          .map(({ address, id, keep = [] }) => [address, { id, ...(keep.length > 0 && { keep }) }]),
      ),
    ]).filter(([, resources]) => Object.keys(resources as object).length > 0),
  );
  return `# yaml-language-server: $schema=../schema/adopted.schema.json
# Existing resources of ${name}, which Terraform imports instead of creating them. Written by fleet adopt.
# When every stack is applied, remove the ids. Keep the lines with keep: without them, Terraform would replace these resources.
${stringify(stacks, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
