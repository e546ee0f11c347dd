import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { checkFleet } from "../../../fleet/load";
import { formatProblem } from "../../../language/problem";
import { concernOf, isOfDefinitions } from "../../../operations/validate/concern";
import { type Files, readingDefinitions, SMALLEST, TODAY, withDefinitions } from "../../support/definitions";

interface Parts {
  readonly group?: string;
  readonly tier?: string;
  readonly networking?: string;
  readonly network?: number;
}

/** A cluster in a network of its own. */
function cluster(
  name: string,
  { group = "", networking = "", network = name.charCodeAt(0) - 90, tier }: Parts = {},
): Files {
  const chosen = tier === undefined ? "" : `  TIER: ${tier}\n`;
  const section = `  networking:\n    vpc_cidr: 10.${network}.0.0/16\n${networking}`;
  const text = SMALLEST.replace("a.example.com", name).replace("tfvars:\n", `${chosen}tfvars:\n${section}`);
  return { [`clusters/${name}.yaml`]: `${text}${group}` };
}

const WRONG = { group: "      min_size: 5\n      max_size: 2\n" };
const WRONG_TIER = {
  "tiers/trial.yaml": "tfvars:\n  workers:\n    - name: general\n      min_size: 5\n      max_size: 2\n",
};

/** Returns the files of the problems that concern files, and the number of definitions that were checked. */
function concern(files: Files, ...listed: readonly string[]) {
  return readingDefinitions(files, (directory) => {
    const fleet = checkFleet({ directory, shipped: "definitions", today: TODAY });
    const paths = listed.map((each) => join(directory, each));
    const { definitions, problems } = concernOf(fleet, [directory], paths);
    const errors = problems.filter(({ severity }) => severity === "error");
    return {
      definitions,
      errors: errors.map((each) =>
        formatProblem(each)
          .replaceAll(`${directory}/`, "")
          .replace(/:\d+:\d+ .*/, ""),
      ),
    };
  });
}

const A = "clusters/a.example.com.yaml";
const B = "clusters/b.example.com.yaml";

test("a cluster's file is checked for its own errors only", () => {
  const files = { ...cluster("a.example.com", WRONG), ...cluster("b.example.com", WRONG) };

  expect(concern(files, A)).toEqual({ definitions: 1, errors: [A] });
});

test("a file that is no definition concerns nothing", () => {
  expect(concern(cluster("a.example.com", WRONG), "../README.md", "schema/x.json")).toEqual({
    definitions: 0,
    errors: [],
  });
});

test("an error in a tier concerns the file of each cluster that uses it", () => {
  const files = { ...cluster("a.example.com", { tier: "trial" }), ...cluster("b.example.com"), ...WRONG_TIER };

  expect(concern(files, A).errors).toEqual(["tiers/trial.yaml"]);
  expect(concern(files, B).errors).toEqual([]);
});

test("a tier concerns the errors of the clusters that use it, and no others", () => {
  const files = {
    ...cluster("a.example.com", { ...WRONG, tier: "trial" }),
    ...cluster("b.example.com", WRONG),
    "tiers/trial.yaml": "tfvars: {}\n",
  };

  expect(concern(files, "tiers/trial.yaml")).toEqual({ definitions: 1, errors: [A] });
});

test("the defaults concern the errors of every cluster", () => {
  const files = {
    ...cluster("a.example.com", WRONG),
    ...cluster("b.example.com", WRONG),
    "defaults.yaml": "tfvars: {}\n",
  };

  expect(concern(files, "defaults.yaml")).toEqual({ definitions: 2, errors: [A, B] });
});

test("a deleted tier concerns the clusters that still use it", () => {
  const files = { ...cluster("a.example.com", { tier: "trial" }), ...cluster("b.example.com", WRONG) };

  expect(concern(files, "tiers/trial.yaml").errors).toEqual([A]);
});

const CONNECTED = { networking: "    connected_to: [b.example.com]\n" };

test("a deleted cluster concerns the clusters that still name it", () => {
  expect(concern(cluster("a.example.com", CONNECTED), B).errors).toEqual([A]);
});

test("an overlap concerns both clusters", () => {
  const files = { ...cluster("a.example.com"), ...cluster("b.example.com", { network: 7 }) };

  expect(concern(files, A).errors).toEqual([B]);
  expect(concern(files, B).errors).toEqual([B]);
});

test("a cluster whose name is only the end of a mentioned name is not concerned", () => {
  const networking = "    connected_to: [eu.production.b.example.com]\n";
  const files = { ...cluster("a.example.com", { networking }), ...cluster("b.example.com") };

  expect([concern(files, A).errors, concern(files, B).errors]).toEqual([[A], []]);
});

test("a folder means the files in it", () => {
  expect(concern(cluster("a.example.com", WRONG), "clusters")).toEqual({ definitions: 1, errors: [A] });
});

test("warnings in other files are not reported", () => {
  const group = '  cluster:\n    kubernetes_version: "1.34"\n';
  withDefinitions(cluster("a.example.com", { group }), (directory) => {
    const fleet = checkFleet({ directory, shipped: "definitions", today: "2026-12-01" });
    const warnings = fleet.problems.filter(({ severity }) => severity === "warning");
    const { problems } = concernOf(fleet, [directory], [join(directory, "tiers/development.yaml")]);

    expect(warnings.some(({ place }) => place?.file === join(directory, A))).toBe(true);
    expect(problems.filter(({ place }) => place?.file === join(directory, A))).toEqual([]);
  });
});

test("a secret in the same file is reported too, so that no line of the file is shown", () => {
  const secret = `${WRONG_TIER["tiers/trial.yaml"]}# AKIAIOSFODNN7EXAMPLF\n`;
  withDefinitions({ ...cluster("a.example.com", { tier: "trial" }), "tiers/trial.yaml": secret }, (directory) => {
    const fleet = checkFleet({ directory, shipped: "definitions", today: TODAY });
    const { problems } = concernOf(fleet, [directory], [join(directory, A)]);

    expect(problems.map(({ rule }) => rule)).toEqual(["worker-sizes", "secret"]);
  });
});

test("files and folders inside the definitions belong to them, and folders around them too", () => {
  withDefinitions({}, (directory) => {
    mkdirSync(join(directory, "clusters"));
    const isOf = (path: string) => isOfDefinitions(join(directory, path), [directory]);

    expect(["clusters/deleted.yaml", ".", "..", "../README.md", "../other/a.yaml"].map(isOf)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
