import "../support/extended/wrong-shapes"; // first: extensions are chosen when the program is loaded
import { checkFleet } from "../../fleet/load";
import { DefinitionError, formatProblem } from "../../language/problem";
import { removeWrongShapes } from "../support/extended/wrong-shapes";

afterAll(removeWrongShapes);

test("each extension with a wrong shape or a name in use is reported, and nothing else is checked", () => {
  const directory = process.env["DEFINITIONS_DIR"] ?? "";
  let problems: readonly string[] = [];
  try {
    checkFleet({ directory, shipped: "definitions", today: "2026-11-30" });
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    problems = error.problems.map(formatProblem).map((line) => line.replace(/^.*\/extensions\//, ""));
  }

  expect([...problems].sort()).toEqual([
    "addons/first.ts:1:1 error: is installed after itself: the addons in requires and after wait for each other",
    expect.stringMatching(
      /^addons\/later\.ts:2:\d+ error: cannot be loaded: TypeError: cluster-fleet\/contracts has no eachWorker/,
    ),
    'addons/lonely.ts:1:1 error: names an addon corednss, which does not exist. Did you mean "coredns"?',
    ...[
      "after: must be a list, but is missing",
      "conflicts_with: must be a list, but is missing",
      "kind: must be created by defineHelmAddon({ … }) or defineEksAddon({ … })",
      "namespace: must be a text, but is missing",
      "options: must be a zod object, such as z.strictObject({ … })",
      "requires: must be a list, but is a text",
      "summary: must be a text, but is missing",
      "values: must be a function",
    ].map((message) => `addons/no-addon.ts:1:1 error: ${message}`),
    'addons/renamed.ts:1:1 error: has the name "other_name", but the file must have the name of its addon. Set name: "renamed", or rename the file',
    "addons/second.ts:1:1 error: is installed after itself: the addons in requires and after wait for each other",
    "addons/shared.ts:1:1 error: the namespace traefik is created by an addon of the program. Use another one",
    "addons/traefik.ts:1:1 error: the program already uses the name traefik. Rename the addon and its file",
    "checks/no-check.ts:1:1 error: the default export: must be a map, but is function",
    "stacks/addons.ts:1:1 error: the stack addons is the program's own. Rename the file",
    expect.stringMatching(
      /^stacks\/my-addons\.ts:1:1 error: <cluster>-my-addons and <cluster>-addons could be the same name/,
    ),
    "stacks/reads-addons.ts:1:1 error: reads.0: must be one of networking, eks-cluster, eks-workers",
    'stacks/without-cluster.ts:1:1 error: kubernetes: true requires the cluster\'s address. Add "eks-cluster" to reads',
    expect.stringMatching(
      /^stacks\/workers\.ts:1:1 error: <cluster>-workers and <cluster>-eks-workers could be the same name/,
    ),
  ]);
});
