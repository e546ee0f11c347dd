import { inventoryOf, keptAddresses, resourcesOf } from "../../../operations/destroy/inventory";

const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/b";
const resource = (address: string, values: object): object => ({
  address,
  mode: "managed",
  type: address.split(".")[0],
  values,
});
const state = (...resources: object[]): object => ({ values: { root_module: { resources } } });

const BUCKET = [
  resource("aws_s3_bucket.backup", {
    bucket: "example-backup",
    arn: "arn:aws:s3:::example-backup",
    force_destroy: false,
  }),
  resource("aws_s3_bucket_versioning.backup", { bucket: "example-backup" }),
  resource("aws_s3_bucket_server_side_encryption_configuration.backup", {
    bucket: "example-backup",
    rule: [{ apply_server_side_encryption_by_default: [{ kms_master_key_id: KEY_ARN }] }],
  }),
  resource("aws_kms_key.backup", { key_id: "b", arn: KEY_ARN, deletion_window_in_days: 30 }),
  resource("aws_kms_alias.backup", { name: "alias/s3/example-backup", target_key_id: "b" }),
];
const OTHERS = [
  resource("aws_s3_bucket.scratch", { bucket: "example-scratch", force_destroy: true }),
  resource("aws_s3_bucket_versioning.scratch", { bucket: "example-scratch" }),
  resource("aws_kms_key.secrets", {
    key_id: "s",
    arn: "arn:aws:kms:eu-west-1:111122223333:key/s",
    deletion_window_in_days: 7,
  }),
  resource("aws_kms_alias.secrets", { target_key_id: "s" }),
  { ...resource("data.aws_s3_bucket.read", { bucket: "example-backup" }), mode: "data" },
];
const CLUSTER = resource("aws_eks_cluster.eks", {
  name: "a-example-com",
  endpoint: "https://a.example.com",
  certificate_authority: [{ data: "Q0E=" }],
  deletion_protection: true,
});

test("only a bucket stays, with its settings, its key and the alias", () => {
  expect(keptAddresses(resourcesOf(state(...BUCKET, ...OTHERS)))).toEqual([
    "aws_s3_bucket.backup",
    "aws_s3_bucket_versioning.backup",
    "aws_s3_bucket_server_side_encryption_configuration.backup",
    "aws_kms_key.backup",
    "aws_kms_alias.backup",
  ]);
});

test("no resource is both lost and kept", () => {
  const { cluster, lost, resources, stays } = inventoryOf(
    new Map([
      ["eks-cluster", state(CLUSTER)],
      ["addons", state(...BUCKET, ...OTHERS)],
    ]),
  );
  expect(lost.map(({ address, name, stack }) => `${stack} ${address} ${name}`)).toEqual([
    "eks-cluster aws_eks_cluster.eks a-example-com",
    "addons aws_s3_bucket.scratch example-scratch",
  ]);
  expect(stays.map(({ command, what }) => [what, command])).toEqual([
    ["bucket example-backup", "aws s3 rb s3://example-backup"],
    ["key b", null],
    ["key s", "aws kms cancel-key-deletion --key-id s"],
    ["snapshots of volumes", null],
  ]);
  expect(stays.map(({ why }) => why)).toContainEqual(expect.stringContaining("after 7 days"));
  expect([...resources]).toEqual([
    ["networking", 0],
    ["eks-cluster", 1],
    ["eks-workers", 0],
    ["addons", 9],
  ]);
  expect(cluster).toEqual({
    name: "a-example-com",
    endpoint: "https://a.example.com",
    certificateAuthority: "Q0E=",
    isProtected: true,
  });
});

test("empty states have no lost or kept resources, and no control plane", () => {
  const { cluster, lost, stays } = inventoryOf(new Map([["addons", { format_version: "1.0" }]]));
  expect([cluster, lost, stays]).toEqual([undefined, [], []]);
});
