import { subjectMistake } from "../../../operations/ci/token-subject";
import { accountWith } from "../../support/aws/account";

const ISSUER = "https://token.actions.githubusercontent.com";
const tokenOf = (claims: object): string => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
const account = accountWith({
  github: [
    { repository: "example/old" },
    { repository: "example/new", ids: { owner: 12, repository: 34 } },
    { repository: "example/own", issuer: "https://github.example.com/_services/token" },
  ],
});
const mistakeOf = (sub: string, iss = ISSUER): string | undefined => subjectMistake(account, tokenOf({ iss, sub }));

test.each([
  "repo:example/old:ref:refs/heads/main",
  "repo:example/old:pull_request",
  "repo:example@12/new@34:environment:production",
])("accepts %s", (sub) => {
  expect(mistakeOf(sub)).toBeUndefined();
});

test.each([
  [
    "repo:example@12/old@56:ref:refs/heads/main",
    "but the account trusts repo:example/old. Set ids: { owner: 12, repository: 56 } for example/old in bootstrap.github in accounts/production.yaml, and run fleet bootstrap production",
  ],
  [
    "repo:example/new:ref:refs/heads/main",
    "but the account trusts repo:example@12/new@34. Remove ids of example/new from bootstrap.github in accounts/production.yaml, and run fleet bootstrap production",
  ],
  [
    "repo:Example/old:ref:refs/heads/main",
    "and the account trusts example/old, example/new. Add Example/old to bootstrap.github in accounts/production.yaml, and run fleet bootstrap production",
  ],
  [
    "repo:example/old:job_workflow_ref:example/old/.github/workflows/a.yml@refs/heads/main",
    "which is not GitHub's default. Set the repository back: gh api --method PUT repos/<owner>/<name>/actions/oidc/customization/sub -F use_default=true",
  ],
  [
    "repository_owner:example:environment:production",
    "which is not GitHub's default. Set the repository back: gh api --method PUT repos/<owner>/<name>/actions/oidc/customization/sub -F use_default=true",
  ],
])("refuses %s before AWS does, with what to do", (sub, what) => {
  expect(mistakeOf(sub)).toBe(`AWS would refuse the job: its token has the subject ${sub}, ${what}`);
});

test("compares tokens with the repositories of their own issuer", () => {
  expect(mistakeOf("repo:example/own:pull_request", "https://github.example.com/_services/token")).toBeUndefined();
  expect(mistakeOf("repo:example/own:pull_request")).toContain("and the account trusts example/old, example/new. ");
});

test("says nothing about roles that other code creates, and about tokens that it cannot read", () => {
  const { bootstrap: _, ...rest } = account;

  expect(subjectMistake(rest, tokenOf({ iss: ISSUER, sub: "repo:a/b:pull_request" }))).toBeUndefined();
  for (const token of ["", "the.job.token", "a.bnVsbA.b"]) expect(subjectMistake(account, token)).toBeUndefined();
});
