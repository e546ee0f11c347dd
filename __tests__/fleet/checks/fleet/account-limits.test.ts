import { limitProblems } from "../../../../fleet/checks/fleet/account-limits";
import { accountWith } from "../../../support/aws/account";

type Bootstrap = Parameters<typeof accountWith>[0];

const found = (bootstrap: Bootstrap) =>
  limitProblems(accountWith(bootstrap), () => undefined).map(({ message, severity }) => `${severity}: ${message}`);
const repositories = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    repository: `example/${String(index).padEnd(40, "x")}`,
    environments: { apply: "production" },
  }));

test("reports nothing about one repository for each CI system", () => {
  expect(
    found({
      github: repositories(1),
      gitlab: [{ project: "example/platform/fleet" }],
      concourse: [{ issuer: "https://ci.example.com", team: "main", pipelines: ["fleet"] }],
    }),
  ).toEqual([]);
});

test("warns about a trust policy that requires a higher quota", () => {
  expect(found({ github: repositories(7) })).toEqual([
    'warning: the trust policy of the role plan has 2,262 characters, and IAM accepts 2,048 by default. Before fleet bootstrap, raise the quota "Role trust policy length" (L-C07B4B0D of iam in us-east-1), or list fewer repositories, pipelines, principals and peered_accounts',
  ]);
});

test("refuses a trust policy that no quota allows", () => {
  expect(found({ github: repositories(40) })).toContain(
    "error: the trust policy of the role plan has 10,215 characters, and IAM accepts at most 8,192. List fewer repositories, pipelines, principals and peered_accounts",
  );
});

test("counts the roles of peered accounts", () => {
  const peered_accounts = Array.from({ length: 12 }, (_, index) => `peer-${index}`);
  const peer = (name: string) => {
    const id = name.replace("peer-", "").padStart(12, "2");
    const role = (each: string) => `arn:aws:iam::${id}:role/fleet/${each}`;
    return { ...accountWith({}), name, id, roles: { plan: role("plan"), deploy: role("apply") } };
  };

  expect(limitProblems(accountWith({ peered_accounts }), peer).map(({ severity }) => severity)).toEqual([
    "warning",
    "warning",
  ]);
  expect(limitProblems(accountWith({ peered_accounts }), () => undefined)).toEqual([]);
});

test("refuses what fits into no policy", () => {
  const cluster_roles = Array.from({ length: 200 }, (_, index) => `/clusters/a-long-name-of-a-cluster-${index}-*`);

  expect(found({ cluster_roles })).toEqual([
    expect.stringMatching(/^error: .*IAM accepts 6,144 characters in a policy\. List fewer or shorter cluster_roles/),
  ]);
});

test("warns about a role with more policies than IAM attaches by default", () => {
  const apply = Array.from({ length: 1500 }, (_, index) => `ec2:DescribeSomethingWithALongName${index}`);

  expect(found({ further_actions: { apply } })).toEqual([expect.stringContaining("the role apply has 1")]);
});

test("counts the statements for the records of rollouts", () => {
  const apply = Array.from({ length: 1_020 }, (_, index) => `ec2:DescribeSomethingWithALongName${index}`);
  const account = accountWith({ further_actions: { apply } });
  const folder = "x".repeat(3_000);
  const records = { bucket: "records", folder, owner: undefined, guests: [] };
  const policiesOf = (messages: ReturnType<typeof limitProblems>) =>
    messages.map(({ message }) => message.slice(0, 40));

  expect(policiesOf(limitProblems(account, () => undefined))).toEqual([]);
  expect(policiesOf(limitProblems(account, () => undefined, records))).toEqual([
    "the role apply has 12 policies, and IAM ",
  ]);
});
