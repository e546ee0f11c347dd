import { readFileSync } from "node:fs";
import { actionsOf } from "../../../fleet/accounts/permissions";
import { findLeftovers } from "../../../operations/destroy/leftovers";
import { checkAccount } from "../../../operations/doctor/account";
import { INVENTORY_SCRIPT } from "../../../operations/import/adopt/inventory-script";
import { accountWith } from "../../support/aws/account";
import { clusterOf } from "../../support/cluster";

/** Prefixes in IAM of services whose commands of the AWS CLI have another name. */
const PREFIXES: Readonly<Record<string, string>> = { resourcegroupstaggingapi: "tag", s3api: "s3" };

/** Returns the action of a command of the AWS CLI in lower case: `logs describe-log-groups` needs `logs:describeloggroups`. */
const actionOf = ([service = "", verb = ""]: readonly string[]): string =>
  `${PREFIXES[service] ?? service}:${verb.replaceAll("-", "")}`;

/** Not to be allowed: AWS answers everybody, and the role's trust policy decides. */
const ALWAYS = ["sts:getcalleridentity", "sts:assumerole"];

const missing = (level: "plan" | "destroy", calls: readonly (readonly string[])[]): string[] => {
  const allowed = actionsOf(level).map((action) => action.toLowerCase());
  return calls.map(actionOf).filter((action) => ![...ALWAYS, ...allowed].includes(action));
};

test("the role that destroys may make every call of fleet destroy", async () => {
  const calls: (readonly string[])[] = [];
  await findLeftovers(
    { name: "a.example.com", slug: "a-example-com", region: "eu-west-1", role: "r" },
    [],
    async (_, args) => {
      calls.push(args);
      return { stdout: JSON.stringify({ Credentials: {} }) };
    },
  );

  expect(calls.map(actionOf)).toContain("tag:getresources");
  expect(missing("destroy", calls)).toEqual([]);
});

test("the role that plans may make every call of the script of fleet adopt", () => {
  const calls = [...INVENTORY_SCRIPT.matchAll(/\b(eks|ec2|iam|logs|kms|sts) ((?:describe|list|get)-[a-z-]+)/g)].map(
    ([, ...call]) => call,
  );

  expect(calls.length).toBeGreaterThan(20);
  expect(missing("plan", calls)).toEqual([]);
});

test("docs/operations/doctor.md lists every call of fleet doctor, which uses the caller's own credentials", () => {
  const page = readFileSync("docs/operations/doctor.md", "utf8");
  const calls: string[] = [];
  checkAccount(accountWith({}), [clusterOf()], (tool, args) => {
    calls.push(`${tool} ${args[0]} ${args[1]}`);
    return { stdout: "{}" };
  });

  expect(calls.length).toBeGreaterThan(6);
  expect([...new Set(calls)].filter((call) => !page.includes(`\`${call}\``))).toEqual([]);
});
