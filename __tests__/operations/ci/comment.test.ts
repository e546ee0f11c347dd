import { commentBody, MARKER, planText } from "../../../operations/ci/comment";
import type { StackPlan } from "../../../operations/deploy/report";

const changes = { create: [], update: [], replace: [], destroy: [], forget: [], move: [], outputs: [] };
const plan = (given: Partial<StackPlan>): StackPlan => ({
  stack: "addons",
  source: "plan",
  changes: { stack: "addons", ...changes },
  waits_for: null,
  waits_for_cluster: null,
  stopped_by: [],
  errors: [],
  ...given,
});
const body = (given: Partial<Parameters<typeof commentBody>[0]>): string =>
  commentBody({
    diff: "1 cluster differs",
    plans: [],
    affected: new Map(),
    removed: [],
    runUrl: "https://run",
    ...given,
  });

test("a stack that waits for another cluster names the deploy that must come first", () => {
  const waits = { waits_for: "networking", waits_for_cluster: "b.example.com" } as const;
  const upstream = "it waits for networking of b.example.com. Deploy that cluster first: fleet deploy b.example.com";

  expect(planText(plan(waits))).toBe(`no changes, as a rehearsal shows: ${upstream}`);
  expect(planText(plan({ ...waits, changes: null }))).toBe(`not planned: ${upstream}`);
});

test("the comment begins with the marker by which it is found, and the table of plans", () => {
  const affected = new Map([["a.example.com", ["a-example-com-networking", "a-example-com-addons"]]]);
  const plans = [{ cluster: "a.example.com", stacks: [plan({})] }];

  expect(body({ affected, plans })).toBe(
    [
      MARKER,
      "| stack | plan |",
      "| --- | --- |",
      "| `a-example-com-networking` | not planned |",
      "| `a-example-com-addons` | no changes |",
      "",
      "1 cluster differs",
      "",
    ].join("\n"),
  );
});

test("a comment is cut from its end before GitHub refuses it, and links the run", () => {
  const text = body({ diff: "x".repeat(70_000), removed: ["b-example-com-addons"] });

  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text).toContain("**its definition is gone. Destroy it before the merge**");
  expect(text.endsWith("This comment is cut. [The run](https://run) has the rest.\n")).toBe(true);
});

test("text of Terraform cannot end a cell, mention a person, link or contain HTML", () => {
  const errors = [{ summary: "a | b <img src=x> @all [x](http://evil)\nsecond", detail: "", address: null, lines: [] }];

  expect(planText(plan({ errors }))).toBe("**failed**: a \\| b &lt;img src=x> @\u200ball \\[x](http://evil)");
});

test("a stopped plan names the rule", () => {
  expect(planText(plan({ stopped_by: ["destroy-data aws_s3_bucket.logs: loses its objects"] }))).toBe(
    "no changes<br>**stopped**: destroy-data aws_s3_bucket.logs: loses its objects",
  );
});

test("a stack that cannot be planned yet shows the numbers of its rehearsal", () => {
  const rehearsed = { stack: "addons" as const, ...changes, create: ["a", "b"] };

  expect(planText(plan({ changes: rehearsed, source: "rehearsal", waits_for: "networking" }))).toBe(
    "2 to create, as a rehearsal shows: it waits for networking",
  );
});
