import { cpSync } from "node:fs";
import { join } from "node:path";
import { slugOf } from "../../../language/words/names";
import { rehearse } from "../../../operations/rehearse/rehearse";
import { edit } from "../../support/offline-cluster";
import { scratch, synthesizeFleet } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const NAME = "production.eks.example.com";
const work = scratch();
const definitions = join(work.path, "definitions");
const outputOf = (version: string): string => join(work.path, version);
const steps: string[] = [];
const options = {
  work: join(work.path, "rehearsal"),
  signal: new AbortController().signal,
  step: <Result>(title: string, step: () => Promise<Result>): Promise<Result> => {
    steps.push(title);
    return step();
  },
};
const rehearsal = { cluster: NAME, slug: slugOf(NAME), peers: [] };

beforeAll(async () => {
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  await synthesizeFleet(outputOf("base"), definitions, NAME);
  edit(join(definitions, `clusters/platform/${NAME}.yaml`), "max_size: 6", "max_size: 7");
  await synthesizeFleet(outputOf("change"), definitions, NAME);
});

afterAll(() => work.remove());

test("shows what a change does to the stacks of the base, stack by stack", async () => {
  steps.length = 0;
  const [report] = await rehearse([{ ...rehearsal, before: outputOf("base"), after: outputOf("change") }], options);

  expect(report).toMatchObject({ cluster: NAME, kind: "changed", failed: null });
  expect(report?.stacks.map(({ stack, update, left }) => ({ stack, update, left }))).toEqual([
    { stack: "networking", update: [], left: [] },
    { stack: "eks-cluster", update: [], left: [] },
    {
      stack: "eks-workers",
      update: [
        { address: expect.stringMatching(/^aws_autoscaling_group\.workers_spotworkers/), attributes: ["max_size"] },
      ],
      left: [],
    },
    { stack: "addons", update: [], left: [] },
  ]);
  expect(steps).toEqual([
    ...["networking", "eks-cluster", "eks-workers", "addons"].map(
      (s) => `apply the base of production-eks-example-com-${s}`,
    ),
    ...["networking", "eks-cluster", "eks-workers", "addons"].map(
      (s) => `apply the change of production-eks-example-com-${s}`,
    ),
  ]);
});

test("destroys the stacks of a removed definition in reverse order, and stops at a protected one", async () => {
  const [report] = await rehearse([{ ...rehearsal, before: outputOf("base"), after: undefined }], options);

  expect(report).toMatchObject({ kind: "removed" });
  expect(report?.stacks.map(({ stack, resources }) => [stack, resources])).toEqual([
    ["addons", 0],
    ["eks-workers", 0],
  ]);
  expect(report?.failed).toMatchObject({
    stack: "eks-cluster",
    during: "destroy",
    message: expect.stringContaining("prevent_destroy"),
  });
});
