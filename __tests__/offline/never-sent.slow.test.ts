import { type Cloud, startCloud } from "./support/cloud";
import { type Document, VERSIONS } from "./support/program";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0f0e0d0c-0b0a-0908-0706-050403020100";
const OTHER = KEY.replace(/^(.*)100$/, "$1200");
const KEY_PATH = "encryption_config[0].provider[0].key_arn";

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud([], { types: ["aws_eks_cluster", "aws_s3_bucket", "aws_s3_object"] });
});

afterAll(() => cloud.remove());

function resources(resource: Document): Document {
  return {
    terraform: { required_providers: { aws: VERSIONS.aws }, backend: { local: { path: "terraform.tfstate" } } },
    provider: { aws: [{ region: "eu-west-1" }] },
    resource,
  };
}

function cluster(name: string, more: Document): Document {
  const role_arn = "arn:aws:iam::111122223333:role/eks";
  return resources({
    aws_eks_cluster: { main: { name, role_arn, vpc_config: [{ subnet_ids: ["subnet-1", "subnet-2"] }], ...more } },
  });
}

const encryptedBy = (key_arn: string): Document => ({
  encryption_config: [{ provider: [{ key_arn }], resources: ["secrets"] }],
});

test("plans another key of a cluster again after an apply, because the provider does not send it", async () => {
  await cloud.applied("key", cluster("key", encryptedBy(KEY)));
  const terraform = await cloud.applied("key", cluster("key", encryptedBy(OTHER)));

  expect((await terraform.plan()).changes).toEqual({ "aws_eks_cluster.main": ["update"] });
});

test("encrypts a cluster that has no key, although changes of the key are ignored", async () => {
  const lifecycle = { ignore_changes: [KEY_PATH] };
  await cloud.applied("none", cluster("none", { lifecycle }));
  const terraform = await cloud.applied("none", cluster("none", { ...encryptedBy(KEY), lifecycle }));

  expect(await terraform.plan()).toMatchObject({ changes: {} });
  expect(cloud.store.only("aws_eks_cluster", { name: "none" }).state["encryption_config"]).toMatchObject([
    { provider: [{ key_arn: KEY }] },
  ]);
});

test("plans a removed zonal_shift_config again after an apply", async () => {
  await cloud.applied("shift", cluster("shift", { zonal_shift_config: [{ enabled: true }] }));
  const terraform = await cloud.applied("shift", cluster("shift", {}));

  expect((await terraform.plan()).changes).toEqual({ "aws_eks_cluster.main": ["update"] });
});

test.each([
  [{ remote_node_networks: [{ cidrs: ["10.61.0.0/16"] }] }, "other ranges"],
  [undefined, "no ranges"],
])("changes the networks of hybrid nodes in place: $1", async (remote, name) => {
  const before = { remote_network_config: [{ remote_node_networks: [{ cidrs: ["10.60.0.0/16"] }] }] };
  const stack = name.replace(" ", "-");
  await cloud.applied(stack, cluster(stack, before));
  const after = cluster(stack, remote === undefined ? {} : { remote_network_config: [remote] });

  expect((await cloud.stack(stack, after).plan()).changes).toEqual({ "aws_eks_cluster.main": ["update"] });
});

describe("a bucket with objects", () => {
  const bucket = (name: string, force_destroy: boolean) =>
    resources({ aws_s3_bucket: { main: { bucket: name, force_destroy } } });

  function fill(name: string): void {
    const { place } = cloud.store.only("aws_s3_bucket", { bucket: name });
    cloud.store.create({ ...place, type: "aws_s3_object", key: "object" }, { bucket: name, key: "object" });
  }

  test("is not deleted", async () => {
    const terraform = await cloud.applied("full", bucket("full-bucket", false));
    fill("full-bucket");

    await expect(terraform.destroy()).rejects.toThrow("BucketNotEmpty");
  });

  test("is deleted with force_destroy", async () => {
    const terraform = await cloud.applied("forced", bucket("forced-bucket", true));
    fill("forced-bucket");
    await terraform.destroy();

    expect(cloud.store.objects("aws_s3_bucket").map(({ state }) => state["id"])).not.toContain("forced-bucket");
  });
});
