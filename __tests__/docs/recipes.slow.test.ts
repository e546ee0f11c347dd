import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../fleet/load";
import { STACKS } from "../../fleet/model/stacks";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { TODAY } from "../support/definitions";
import { OfflineCluster } from "../support/offline-cluster";
import { scratch } from "../support/run-program";

const FOLDER = "docs/recipes";
const definitions = join(FOLDER, "definitions");
const names = readdirSync(join(definitions, "clusters/recipes")).map((file) => file.replace(/\.yaml$/, ""));
const { clusters, warnings } = loadFleet({ directory: definitions, shipped: "definitions", today: TODAY });

const work = scratch();
let providers: OfflineProviders;

beforeAll(async () => {
  for (const cluster of clusters) synthesizeCluster(cluster, join(work.path, "types"));
  providers = await startOfflineProviders({
    stacks: [join(work.path, "types/stacks")],
    storeDirectory: join(work.path, "store"),
  });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

test("the page shows the file and the price of each of the 8 recipes", () => {
  const page = readFileSync(join(FOLDER, "README.md"), "utf8");
  const shown = [...page.matchAll(/\(definitions\/clusters\/recipes\/(\S+)\.yaml\)/g)].map(([, name]) => name);
  const priced = [...page.matchAll(/^\$ npx fleet cost (\S+) /gm)].map(([, name]) => name);

  expect(names).toHaveLength(8);
  expect([...shown].sort()).toEqual(names);
  expect(priced).toEqual(shown);
});

test("no recipe has a warning, and their tiers are those of the program", () => {
  const tiers = (folder: string): string[] =>
    readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8").replace(/^# yaml-language.*\n/, ""));

  expect(warnings).toEqual([]);
  expect(tiers(join(definitions, "tiers"))).toEqual(tiers("definitions/tiers"));
});

test.each(names)("%s is applied from nothing", async (name) => {
  const cluster = new OfflineCluster({ definitions, name, work: work.path, providers });
  cluster.take(join(work.path, "types"));
  await cluster.apply();
  expect(Object.keys(await cluster.stack(STACKS[3]).output())).toEqual(["installed_addons"]);
});
