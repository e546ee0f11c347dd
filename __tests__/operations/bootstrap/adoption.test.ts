import { planAccount } from "../../../fleet/accounts/plan";
import { cureOf, importsOf } from "../../../operations/bootstrap/adoption";
import { isMissingBucket, moveOf, readState } from "../../../operations/bootstrap/state-place";
import { AccountStack } from "../../../stacks/account-stack";
import { accountWith } from "../../support/aws/account";
import { synthStacks } from "../../support/synth";

const plan = planAccount(accountWith({ gitlab: [{ project: "a/b" }] }), "aws", []);
const stack: unknown = JSON.parse(synthStacks((scope) => ({ account: new AccountStack(scope, plan) })).account.text);

test.each([
  ["bucket", /^aws_s3_bucket\.state_/, "example-state"],
  ["key=1234", /^aws_kms_key\.state_key_/, "1234"],
  ["role=apply", /^aws_iam_role\.roles_apply_/, "apply"],
  ["policy=fleet-boundary", /^aws_iam_policy\.roles_boundary_/, "arn:aws:iam::111111111111:policy/fleet-boundary"],
  ["policy=plan-1", /^aws_iam_policy\.roles_plan-policy-1_/, "arn:aws:iam::111111111111:policy/fleet/plan-1"],
  [
    "issuer=gitlab.com",
    /^aws_iam_openid_connect_provider\.issuers_gitlabcom_/,
    "arn:aws:iam::111111111111:oidc-provider/gitlab.com",
  ],
  [
    "linked-role=spot.amazonaws.com",
    /^aws_iam_service_linked_role\.roles_spotamazonawscom_/,
    "arn:aws:iam::111111111111:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
  ],
])("--adopt %s imports one resource", (name, to, id) => {
  expect(importsOf([name], plan, stack)).toEqual([{ to: expect.stringMatching(to), id }]);
});

test("names every resource that cannot be adopted", () => {
  expect(() => importsOf(["role=aply", "key"], plan, stack)).toThrow(
    /--adopt role=aply: there is no such resource\. Did you mean "role=apply"\?\n--adopt key: there is no such resource/,
  );
});

test.each([
  [
    "EntityAlreadyExists: Role with name apply already exists.",
    "role=apply",
    "run the command again with --adopt role=apply|Run the command again with --adopt role=apply",
  ],
  ["BucketAlreadyExists: The requested bucket name is not available", "bucket", "choose another name in state.bucket"],
  [
    "operation error S3: CreateBucket, https response error StatusCode: 403, AccessDenied",
    "bucket",
    "administrator of account 111111111111",
  ],
])("%s has a cure", (summary, name, cure) => {
  const [{ to: address } = { to: "" }] = importsOf([name], plan, stack);

  expect(cureOf({ address, summary, detail: "" }, plan, stack)).toMatch(new RegExp(cure));
});

test("an error that the program does not know has no cure", () => {
  expect(cureOf({ address: null, summary: "Throttling", detail: "" }, plan, stack)).toBeNull();
});

test("missing credentials are not reported as denied permissions", () => {
  const detail = "Error: No valid credential sources found\nGetMetadata, http response error StatusCode: 403";

  expect(cureOf({ address: null, summary: "no AWS credentials were found", detail }, plan, stack)).toBeNull();
});

describe("a state on this machine", () => {
  const state = (...ids: readonly string[]): string =>
    JSON.stringify({
      resources: ids.map((id) => ({ mode: "managed", type: "t", name: id, instances: [{ attributes: { id } }] })),
    });
  const resources = (...ids: readonly string[]) => readState(state(...ids));

  test.each([
    ["moves into an empty bucket", resources("a"), readState(""), "move"],
    ["has moved if the bucket has all of it", resources("a"), resources("a", "b"), "moved"],
    ["is in conflict with a bucket that has less", resources("a", "b"), resources("a"), "conflict"],
    ["is in conflict with another state", resources("a"), resources("b"), "conflict"],
  ])("%s", (_, here, bucket, expected) => {
    expect(moveOf(here, bucket)).toBe(expected);
  });

  test("is looked for in a bucket, which may be missing", () => {
    expect(isMissingBucket('Error: Failed to get existing workspaces: S3 bucket "x" does not exist.')).toBe(true);
    expect(isMissingBucket("StatusCode: 403, AccessDenied")).toBe(false);
  });
});
