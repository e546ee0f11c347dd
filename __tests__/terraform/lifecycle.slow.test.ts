import { cpSync } from "node:fs";
import { join } from "node:path";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Store } from "../../offline/store/store";
import { edit, OfflineCluster } from "../support/offline-cluster";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { synthesize } from "../support/synthesize";

/** The customer's own file, with a worker group and what changing its size may touch. */
const CLUSTERS = [
  {
    name: "production.eks.example.com",
    file: "clusters/platform/production.eks.example.com.yaml",
    from: "max_size: 6",
    to: "max_size: 7",
    changed: /^aws_autoscaling_group\.[a-z_-]*spotworkers/,
    attribute: (after: Record<string, unknown>) => after["max_size"],
    size: 7,
  },
] as const;

describe.each(CLUSTERS)("$name", ({ name, file, from, to, changed, attribute, size }) => {
  const work = scratch();
  const definitions = join(work.path, "definitions");
  const path = join(definitions, file);
  let providers: OfflineProviders;
  let cluster: OfflineCluster;

  beforeAll(async () => {
    cpSync(SAMPLE_FLEET, definitions, { recursive: true });
    const all = join(work.path, "all");
    synthesize(all, definitions, name);
    providers = await startOfflineProviders({
      stacks: [join(all, "stacks")],
      storeDirectory: join(work.path, "store"),
    });
    cluster = new OfflineCluster({ definitions, name, work: work.path, providers });
    cluster.take(all);
    await cluster.apply();
  });

  afterAll(async () => {
    await providers.close();
    work.remove();
  });

  test("changes one resource in place if the max_size of a group changes", async () => {
    edit(path, from, to);
    expect(cluster.synthesize()).toEqual(["eks-workers"]);

    const { changes, json } = await cluster.stack("eks-workers").plan();
    const [address = ""] = Object.keys(changes);
    expect(changes).toEqual({ [address]: ["update"] });
    expect(address).toMatch(changed);
    const change = json.resource_changes?.find((each) => each.address === address)?.change;
    expect(attribute(change?.after ?? {})).toBe(size);

    await cluster.stack("eks-workers").apply();
    expect(await cluster.leftToDo()).toEqual({});
  });

  test("cannot be destroyed with deletion_protection", async () => {
    await expect(cluster.stack("networking").destroy()).rejects.toThrow("lifecycle.prevent_destroy");
  });

  test("is destroyed completely without deletion_protection", async () => {
    edit(path, "  cluster:\n", "  cluster:\n    deletion_protection: false\n");
    cluster.synthesize();
    await cluster.stack("eks-cluster").apply(); // EKS itself has to be told

    await cluster.destroy();

    expect(new Store(join(work.path, "store")).objects()).toEqual([]);
  });
});
