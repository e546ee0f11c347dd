import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Store } from "../../offline/store/store";
import { OfflineCluster } from "../support/offline-cluster";
import { scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const NAME = "staging.dev.example.com";
const OTHER_KEY = "arn:aws:kms:eu-west-1:222222222222:key/0f0e0d0c-0b0a-0908-0706-050403020100";
/** Every source of a bucket or a log group with an own key. */
const SETTINGS = {
  "addons.velero": { enabled: true },
  "addons.loki": { enabled: true },
  "networking.flow_logs": { enabled: true, destination: "s3", kms_key: "own" },
  "cluster.deletion_protection": false,
  "cluster.zonal_shift": true,
};

const work = scratch();
const definitions = join(work.path, "definitions");
const file = join(definitions, "clusters/platform", `${NAME}.yaml`);
let providers: OfflineProviders;
let cluster: OfflineCluster;
let store: Store;

/** Changes values below tfvars, and synthesizes again. */
function set(values: Readonly<Record<string, unknown>>): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const [path, value] of Object.entries(values)) document.setIn(["tfvars", ...path.split(".")], value);
  writeFileSync(file, String(document));
  cluster.synthesize();
}

const descriptions = () => store.objects("aws_kms_key").map(({ state }) => String(state["description"]));
const buckets = () => store.objects("aws_s3_bucket").map(({ state }) => String(state["id"]));

function putObject(bucket: string): void {
  const { place } = store.only("aws_s3_bucket", { bucket });
  store.create({ ...place, type: "aws_s3_object", key: `${bucket}/object` }, { bucket, key: "object" });
}

beforeAll(async () => {
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const [path, value] of Object.entries(SETTINGS)) document.setIn(["tfvars", ...path.split(".")], value);
  writeFileSync(file, String(document));
  const all = join(work.path, "all");
  await synthesizeFleet(all, definitions, NAME);
  const storeDirectory = join(work.path, "store");
  providers = await startOfflineProviders({ stacks: [join(all, "stacks")], storeDirectory });
  store = new Store(storeDirectory);
  cluster = new OfflineCluster({ definitions, name: NAME, work: work.path, providers });
  set({});
  await cluster.apply();
  for (const bucket of buckets()) putObject(bucket);
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

// One story, told in order: each step starts from the cloud that the step before it left.
describe("a key stays as long as the data that it encrypts", () => {
  test("a cluster cannot change to another key: the plan fails, and the own key is not deleted", async () => {
    set({ "cluster.kms.key_arn": OTHER_KEY });

    await expect(cluster.stack("eks-cluster").apply()).rejects.toThrow("EKS cannot change the key");
    expect(descriptions()).toContain(`Encrypts the Kubernetes secrets of ${NAME}`);
    set({ "cluster.kms.key_arn": null });
  });

  test("zonal_shift null leaves the setting, and a second plan is empty", async () => {
    set({ "cluster.zonal_shift": null });

    expect(await cluster.stack("eks-cluster").plan()).toMatchObject({ changes: {} });
  });

  test("flow logs with a key of S3 leave the own key, which earlier logs need", async () => {
    const before = descriptions();
    set({ "networking.flow_logs.kms_key": null });
    await cluster.stack("networking").apply();

    expect(descriptions()).toEqual(before);
    expect(await cluster.leftToDo(["networking"])).toEqual({});
  });

  test("flow logs that end leave their bucket with its settings", async () => {
    const before = [buckets(), store.objects("aws_s3_bucket_public_access_block").length];
    set({ "networking.flow_logs": { enabled: false } });
    await cluster.stack("networking").apply();

    expect([buckets(), store.objects("aws_s3_bucket_public_access_block").length]).toEqual(before);
  });

  test("an addon that is disabled leaves its bucket and its key", async () => {
    const before = [buckets(), descriptions()];
    set({ "addons.velero.enabled": false });
    await cluster.stack("addons").apply();

    expect([buckets(), descriptions()]).toEqual(before);
    expect(store.objects("helm_release").map(({ state }) => state["name"])).not.toContain("velero");
    expect(await cluster.leftToDo(["addons"])).toEqual({});
  });

  test("a destroy fails at a bucket with objects, and leaves its key", async () => {
    await expect(cluster.stack("addons").destroy()).rejects.toThrow("BucketNotEmpty");

    expect(descriptions()).toContainEqual(expect.stringMatching(/^Encrypts the bucket .*loki/));
  });

  test("a cluster without addons that have buckets is destroyed completely, except for what stays from earlier addons", async () => {
    set({ "addons.loki.enabled": false });
    await cluster.stack("addons").apply();
    await cluster.destroy();

    expect(store.types().filter((type) => !/^aws_(s3|kms_key)/.test(type))).toEqual([]);
    expect(descriptions()).toHaveLength(3);
  });
});
