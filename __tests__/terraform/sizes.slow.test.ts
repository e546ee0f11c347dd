import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Store } from "../../offline/store/store";
import { OfflineCluster } from "../support/offline-cluster";
import { scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const NAME = "staging.dev.example.com";
const FILE = "clusters/platform/staging.dev.example.com.yaml";

const work = scratch();
const definitions = join(work.path, "definitions");
const store = () => new Store(join(work.path, "store"));
let providers: OfflineProviders;
let cluster: OfflineCluster;

/** The one group, as EKS has it. */
function group() {
  const [found, ...others] = store().objects("aws_eks_node_group");
  if (found === undefined || others.length > 0) throw new Error("not one group");
  const [sizes] = found.state["scaling_config"] as [Record<string, unknown>];
  return { found, sizes };
}

const sizes = () => {
  const { min_size, desired_size, max_size } = group().sizes;
  return [min_size, desired_size, max_size].map(Number);
};

/** Changes the size, as the autoscaler does. */
function scaleTo(desired_size: number): void {
  const { found } = group();
  store().update(found.place, { ...found.state, scaling_config: [{ ...group().sizes, desired_size }] });
}

function resize(from: string, to: string): void {
  const path = join(definitions, FILE);
  const before = readFileSync(path, "utf8");
  writeFileSync(path, before.replace(from, to));
  expect(readFileSync(path, "utf8")).not.toBe(before);
  cluster.synthesize();
}

beforeAll(async () => {
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  await synthesizeFleet(join(work.path, "all"), definitions, NAME);
  providers = await startOfflineProviders({
    stacks: [join(work.path, "all/stacks")],
    storeDirectory: join(work.path, "store"),
  });
  cluster = new OfflineCluster({ definitions, name: NAME, work: work.path, providers });
  cluster.synthesize();
  for (const stack of ["networking", "eks-cluster", "eks-workers"] as const) {
    await cluster.stack(stack).init();
    await cluster.stack(stack).apply();
  }
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

const changes = async () => Object.values((await cluster.stack("eks-workers").plan()).changes);
const left = () => cluster.leftToDo(["eks-workers"]);

test("an apply keeps the autoscaler's size of a group", async () => {
  expect(sizes()).toEqual([2, 2, 4]);
  scaleTo(3);

  expect(await left()).toEqual({});
  expect(sizes()).toEqual([2, 3, 4]);
});

test("a min_size above the number of nodes adds nodes in one apply", async () => {
  resize("min_size: 2\n      max_size: 4", "min_size: 5\n      max_size: 9");

  expect(await changes()).toEqual([["update"]]);
  await cluster.stack("eks-workers").apply();

  expect(sizes()).toEqual([5, 5, 9]);
  expect(await left()).toEqual({});
});

test("a max_size below the number of nodes removes nodes, and a lower min_size removes none", async () => {
  scaleTo(8);
  resize("min_size: 5\n      max_size: 9", "min_size: 1\n      max_size: 6");
  await cluster.stack("eks-workers").apply();
  expect(sizes()).toEqual([1, 6, 6]);

  resize("max_size: 6", "max_size: 7");
  await cluster.stack("eks-workers").apply();
  expect(sizes()).toEqual([1, 6, 7]);
  expect(await left()).toEqual({});
});
