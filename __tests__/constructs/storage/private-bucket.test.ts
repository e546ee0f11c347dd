import { leaveBucketBehind, PrivateBucket } from "../../../constructs/storage/private-bucket";
import { synth } from "../../support/synth";

const BUCKET = {
  name: "logs",
  owner: { partition: "aws", accountId: "111111111111", accessLogsBucket: "access-logs" },
  expireDays: 30,
  encryption: { by: "own key", statements: [] },
  statements: [],
} as const;

test("a bucket that outlives the cluster keeps each of its settings, so that none is destroyed", () => {
  const made = synth((scope) => new PrivateBucket(scope, "bucket", BUCKET));
  const settings = Object.keys(made.at("resource") as object).flatMap((type) => made.addresses(type));
  const left = synth((scope) => leaveBucketBehind(scope, "bucket"));
  const removed = (left.at("removed") as readonly { readonly from: string }[]).map(({ from }) => from);

  expect(settings.filter((address) => !address.startsWith("aws_kms_alias.") && !removed.includes(address))).toEqual([]);
});
