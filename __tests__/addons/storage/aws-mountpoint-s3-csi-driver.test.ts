import { awsMountpointS3CsiDriver } from "../../../addons/storage/aws-mountpoint-s3-csi-driver";
import { contextOf, optionsOf, permissionsOf, reportsOf, valuesOf } from "../support/context";

const key = "arn:aws:kms:eu-west-1:111111111111:key/k1";

test.each([
  [{}, []],
  [
    { read_buckets: ["corpus"], kms_key_arns: [key] },
    [
      { sid: "ListBuckets", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::corpus"] },
      { sid: "ReadObjects", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::corpus/*"] },
      { sid: "UseTheirKeys", actions: ["kms:Decrypt"], resources: [key] },
    ],
  ],
  [
    { read_buckets: ["corpus"], write_buckets: ["results"], kms_key_arns: [key] },
    [
      {
        sid: "ListBuckets",
        actions: ["s3:ListBucket"],
        resources: ["arn:aws:s3:::corpus", "arn:aws:s3:::results"],
      },
      {
        sid: "ReadObjects",
        actions: ["s3:GetObject"],
        resources: ["arn:aws:s3:::corpus/*", "arn:aws:s3:::results/*"],
      },
      {
        sid: "WriteObjects",
        actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"],
        resources: ["arn:aws:s3:::results/*"],
      },
      { sid: "UseTheirKeys", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key] },
    ],
  ],
])("with %p it may %p", (given, statements) => {
  expect(permissionsOf(awsMountpointS3CsiDriver, contextOf(), given)).toEqual(statements);
});

test("has the chart's own values", () => {
  expect(valuesOf(awsMountpointS3CsiDriver)).toEqual({});
});

test.each([
  [
    { read_buckets: ["a-bucket", "both"], write_buckets: ["both"] },
    [
      {
        path: ["options", "read_buckets", 1],
        message: "both is also in write_buckets, which includes reading. Remove one of them",
      },
    ],
  ],
  [
    { kms_key_arns: [key] },
    [
      {
        path: ["options", "kms_key_arns"],
        message: "has no effect because read_buckets and write_buckets are empty. Add a bucket, or remove it",
      },
    ],
  ],
  [{ write_buckets: ["both"], kms_key_arns: [key] }, []],
])("reports of %p: %p", (given, findings) => {
  expect(reportsOf(awsMountpointS3CsiDriver, contextOf(), optionsOf(awsMountpointS3CsiDriver, given))).toEqual(
    findings,
  );
});
