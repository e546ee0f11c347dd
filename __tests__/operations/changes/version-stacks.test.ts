import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../../fleet/load";
import type { Cluster } from "../../../fleet/model/cluster";
import { VersionStacks } from "../../../operations/changes/version-stacks";
import { SMALLEST, TODAY, withDefinitions } from "../../support/definitions";
import { scratch } from "../../support/run-program";

const work = scratch();
afterAll(() => work.remove());

test("a caller that waits for a cluster that cannot be built gets the error, and nothing is built afterwards", async () => {
  const stacks = new VersionStacks(join(work.path, "out"));
  const broken = { name: "broken.example.com", release: {} } as Cluster;
  stacks.start([broken], { directory: undefined, shipped: "definitions" });

  await expect(stacks.ready(broken.name)).rejects.toThrow("broken.example.com cannot be synthesized");
  await expect(stacks.allReady()).rejects.toThrow("broken.example.com cannot be synthesized");
  await stacks.stop();
});

test("a cluster that nothing builds is ready", async () => {
  const stacks = new VersionStacks(join(work.path, "none"));
  stacks.start([], { directory: undefined, shipped: "definitions" });

  await stacks.ready("a.example.com");
  expect([...stacks.takeTexts("a.example.com").values()].every((text) => text === undefined)).toBe(true);
  await stacks.stop();
});

test("the files of a cluster are removed when they are read", async () => {
  const load = (directory: string) => loadFleet({ directory, shipped: "definitions", today: TODAY }).clusters;
  const clusters = withDefinitions({ "clusters/a.example.com.yaml": SMALLEST }, load);
  const stacks = new VersionStacks(join(work.path, "small"));
  stacks.start(clusters, { directory: undefined, shipped: "definitions" });
  await stacks.ready("a.example.com");

  expect(readdirSync(join(stacks.folder, "stacks"))).toHaveLength(4);
  expect(stacks.takeTexts("a.example.com").get("networking")).toContain("aws_vpc");
  await stacks.stop();
  expect(readdirSync(join(stacks.folder, "stacks"))).toEqual([]);
});
