import { join } from "node:path";
import { checkFleet } from "../../../fleet/load";
import { DefinitionFiles } from "../../../fleet/read/files";
import { ExpectedError } from "../../../language/expected-error";
import { DefinitionError } from "../../../language/problem";
import { definitionYaml } from "../../../operations/show/definition-yaml";
import { fleetLayers } from "../../../operations/show/fleet-layers";
import type { FleetLayer, FleetLayersReport, ShowReport } from "../../../operations/show/report";
import { showCluster } from "../../../operations/show/show";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, selectionOf, shippedDirectory, withoutVariable } from "../../shared/definitions";
import { printJson } from "../../shared/print";
import { printProblems } from "../../shared/problem-report";
import { table } from "../../shared/table";
import { type Terminal, terminalOf } from "../../shared/terminal";

type Flags = {
  readonly origin: boolean;
  readonly layers: boolean;
  readonly today: string | undefined;
};

export const run = action(({ flags, json, positionals }: Input<Flags>) => {
  const select = selectionOf(positionals);
  if (select === undefined && flags.layers) return showFleetLayers(json);
  if (select === undefined)
    throw new ExpectedError(
      "name a cluster, such as fleet show production.eks.example.com. fleet list shows their names",
    );
  const today = dayOf(flags.today);
  const fleet = checkFleet({
    directory: definitionsDirectory(),
    shipped: shippedDirectory(),
    select,
    today,
  });
  const problems = withoutVariable(fleet.problems, positionals);
  const errors = problems.filter(({ severity }) => severity === "error");
  const { report, tree } = showCluster({ ...fleet, problems }, today);
  if (json) printJson(report);
  else if (flags.layers) console.log(layersTable(report, terminalOf(process.stdout)));
  else process.stdout.write(definitionYaml(tree, flags));
  printProblems(errors);
  return errors.length > 0 ? 1 : 0;
});

function showFleetLayers(json: boolean): 0 | 1 {
  const files = new DefinitionFiles(definitionsDirectory(), shippedDirectory());
  const missing = files.missing();
  if (missing !== undefined) throw new DefinitionError([missing]);
  const report = fleetLayers(files, shippedDirectory());
  if (json) printJson(report);
  else console.log(fleetLayersTable(report, terminalOf(process.stdout)));
  return 0;
}

/** Returns the table of a fleet's files. */
function fleetLayersTable({ clusters, directory, layers }: FleetLayersReport, terminal: Terminal): string {
  const note = ({ adds_to, replaces, shipped }: FleetLayer): string => {
    if (shipped) return "shipped";
    if (replaces !== null) return "replaces shipped";
    return adds_to === null ? "" : "over shipped";
  };
  const rows = layers.map((each) => [each.layer, each.name ?? "", each.file, note(each)]);
  const facts = rows.filter(([layer]) => layer === "facts");
  const files = join(directory, "clusters/**/*.yaml");
  return table(
    ["layer", "name", { title: "file", whole: true }, "note"],
    [
      ...rows.filter(([layer]) => layer !== "facts"),
      ["cluster", "", files, `${clusters} ${clusters === 1 ? "file" : "files"}`],
      ...facts,
    ],
    terminal,
  );
}

/** Returns the table of a cluster's layers. */
export function layersTable({ facts, layers }: ShowReport, terminal: Terminal): string {
  const source = (shipped: boolean): string => (shipped ? "shipped" : "");
  return table(
    ["layer", "name", { title: "file", whole: true }, "note"],
    [
      ...layers.map((each) => [each.layer, each.name ?? "", each.file, source(each.shipped)]),
      ...facts.map(({ file, shipped }) => ["facts", "", file, source(shipped)]),
    ],
    terminal,
  );
}
