import { planAccount } from "../../../fleet/accounts/plan";
import { guestStatements, recordsBucketOf, recordsMistake } from "../../../fleet/accounts/records-access";
import { ACCOUNT_ID, accountWith } from "../../support/aws/account";

const OWNER = accountWith({});
const GUEST = accountWith(
  {},
  {
    name: "guest",
    id: "222222222222",
    state: { bucket: "guest-state", region: "eu-west-1", role_arn: null },
    roles: {
      plan: "arn:aws:iam::222222222222:role/plan",
      deploy: "arn:aws:iam::222222222222:role/apply",
    },
  },
);
const ACCOUNTS = [OWNER, GUEST];

/** Returns what one role may do with records, as `action resource`. */
function allowed(location: string, level: string): string[] {
  const plan = planAccount(GUEST, "aws", [], recordsBucketOf(location, ACCOUNTS));
  const documents = plan.roles
    .filter((role) => role.level === level)
    .flatMap(({ policies }) => Object.values(policies));
  const statements = documents.flatMap((document) => JSON.parse(document).Statement);
  return statements
    .filter(({ Sid }) => /Records/.test(Sid))
    .flatMap(({ Action, Resource }) => Action.map((action: string) => `${action} ${Resource}`));
}

test.each(["s3://example-state", "s3://example-state/accounts", "s3://example-state/a.example.com/records"])(
  "records at %s, among the states of an account, are refused",
  (location) => {
    expect(recordsMistake(location, ACCOUNTS)).toBe(
      `must name a folder for records alone, such as s3://example-state/rollouts, got "${location}": the bucket has the Terraform states of account production, which the roles of other accounts could change`,
    );
  },
);

test.each(["s3://example-state/rollouts", "s3://another-bucket", ".fleet/rollouts"])(
  "records at %s are accepted",
  (location) => {
    expect(recordsMistake(location, ACCOUNTS)).toBeUndefined();
  },
);

test("a folder of a machine needs no rights", () => {
  expect(recordsBucketOf(".fleet/rollouts", ACCOUNTS)).toBeUndefined();
});

test("plan reads records in another account's state bucket, with its key", () => {
  expect(allowed("s3://example-state/rollouts", "plan")).toEqual([
    "s3:ListBucket arn:aws:s3:::example-state",
    "s3:GetObject arn:aws:s3:::example-state/rollouts/*",
    `kms:Decrypt arn:aws:kms:eu-west-1:${ACCOUNT_ID}:key/*`,
  ]);
});

test("apply writes records, and removes none", () => {
  expect(allowed("s3://example-state/rollouts", "apply")).toEqual([
    "s3:ListBucket arn:aws:s3:::example-state",
    "s3:GetObject arn:aws:s3:::example-state/rollouts/*",
    "s3:PutObject arn:aws:s3:::example-state/rollouts/*",
    `kms:Decrypt arn:aws:kms:eu-west-1:${ACCOUNT_ID}:key/*`,
    `kms:GenerateDataKey arn:aws:kms:eu-west-1:${ACCOUNT_ID}:key/*`,
  ]);
});

test("of a bucket that no account of the fleet owns, the key is not the fleet's", () => {
  expect(allowed("s3://another-bucket", "plan")).toEqual([
    "s3:ListBucket arn:aws:s3:::another-bucket",
    "s3:GetObject arn:aws:s3:::another-bucket/*",
  ]);
});

test("the owner's bucket lets the roles of other accounts in, each to what it may", () => {
  const records = recordsBucketOf("s3://example-state/rollouts", ACCOUNTS);
  const statements = records === undefined ? [] : guestStatements(records, "aws").bucket;

  expect(statements.map(({ Action, Condition, Resource }) => [Condition?.["ArnEquals"], Action, Resource])).toEqual([
    [{ "aws:PrincipalArn": [GUEST.roles.plan, GUEST.roles.deploy] }, ["s3:ListBucket"], "arn:aws:s3:::example-state"],
    [{ "aws:PrincipalArn": [GUEST.roles.plan] }, ["s3:GetObject"], "arn:aws:s3:::example-state/rollouts/*"],
    [
      { "aws:PrincipalArn": [GUEST.roles.deploy] },
      ["s3:GetObject", "s3:PutObject"],
      "arn:aws:s3:::example-state/rollouts/*",
    ],
  ]);
});
