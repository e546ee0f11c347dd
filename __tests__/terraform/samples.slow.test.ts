import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { OfflineCluster } from "../support/offline-cluster";
import { scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const SAMPLES = readdirSync(`${SAMPLE_FLEET}/clusters`, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => basename(file, ".yaml"))
  .sort();

const work = scratch();
const output = join(work.path, "out");
let providers: OfflineProviders;

beforeAll(async () => {
  await synthesizeFleet(output);
  providers = await startOfflineProviders({
    stacks: [join(output, "stacks")],
    storeDirectory: join(work.path, "store"),
  });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

test.each(SAMPLES)(
  "%s applies, and its next plan is empty",
  async (name) => {
    const cluster = new OfflineCluster({ definitions: SAMPLE_FLEET, name, work: work.path, providers });
    cluster.take(output);

    await cluster.apply();

    expect(await cluster.leftToDoOrDrifted()).toEqual({});
  },
  300_000,
);
