import { account, definition } from "../../support/definition";
import { problemsOf } from "../../support/definitions";

const ROLE = "arn:aws:iam::444444444444:role/team";

/** Returns the errors of a cluster that adds a key to an access entry of its account. */
function errorsOf(entries: string): string[] {
  const files = {
    "accounts/mine.yaml": account().replace(/access_entries:\n.*\n/, `${entries}\n`),
    "clusters/a.example.com.yaml": definition({
      meta: "ACCOUNT: mine",
      cluster: "access_entries: [{ name: team, user_name: ci }]",
    }),
  };
  return problemsOf(files, { today: "2026-08-17" }).filter((problem) => !problem.includes(" warning: "));
}

test("a cluster adds a key to an item of its account's list", () => {
  expect(
    errorsOf(`access_entries: [{ name: team, principal_arn: "${ROLE}", access_policy: AmazonEKSClusterAdminPolicy }]`),
  ).toEqual([]);
});

test.each([
  ["a number in place of the list", "access_entries: 5", "must be a list, got 5"],
  [
    "a number beside the item",
    `access_entries: [5, { name: team, principal_arn: "${ROLE}" }]`,
    "must be a map of keys, got 5",
  ],
])("%s in the account is the only error, whatever the cluster adds", (_, written, message) => {
  expect(errorsOf(written)).toEqual([expect.stringContaining(message)]);
});
