import { CASES } from "./corpus/cases";
import { readCorpus } from "./corpus/corpus";
import type { Json } from "./corpus/extra-stack";
import { openWorld, type World } from "./corpus/world";
import { judge } from "./support";

/** One case of each way in which the corpus is made; `npm run guard-plans` makes all of it again. */
const AGAIN = [
  "destroy aws_s3_bucket",
  "replace a tainted volume",
  "vanished aws_kms_key",
  "forget a control plane",
  "iam: a condition less",
  "whole: an error",
];

let world: World;
beforeAll(async () => {
  world = await openWorld("extra");
});
afterAll(() => world.close());

/** Returns the actions of a plan by address, without values that differ in every cloud. */
const actionsOf = (plan: Json): unknown =>
  (plan["resource_changes"] as { address: string; deposed?: string; change: { actions: string[] } }[]).map(
    ({ address, change, deposed }) => [address, deposed, change.actions],
  );

const foundIn = (plan: Json): unknown => judge({ "a.json": plan }).findings.map(({ address, rule }) => [rule, address]);

test.each(AGAIN)("Terraform creates the plan of the corpus again: %s", async (id) => {
  const planCase = CASES.find((each) => each.id === id);
  if (planCase === undefined) throw new Error(`no case ${id}`);
  const [before, again] = [readCorpus()[id] ?? {}, await world.plan(planCase)];

  expect(actionsOf(again)).toEqual(actionsOf(before));
  expect(foundIn(again)).toEqual(foundIn(before));
});
