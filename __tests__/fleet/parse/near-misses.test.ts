import { problemsOf, SMALLEST } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";

describe("a misspelt key is the only error about a missing key", () => {
  test("if the key is required", () => {
    expect(problemsOf({ [FILE]: SMALLEST.replace("CLUSTER_NAME", "cluster_name").replace("- name", "- nam") })).toEqual(
      [
        `${FILE}:2:3 meta.cluster_name: unknown key "cluster_name". Did you mean "CLUSTER_NAME"?`,
        `${FILE}:7:7 tfvars.workers[0].nam: unknown key "nam". Did you mean "name"?`,
      ],
    );
  });

  test("if meta is text", () => {
    expect(
      problemsOf({ [FILE]: SMALLEST.replace("meta:\n  CLUSTER_NAME: a.example.com", "meta: a.example.com") }),
    ).toEqual([`${FILE}:1:7 meta: must be a map of keys, got "a.example.com"`]);
  });

  test("if it is an account's access_entries", () => {
    const account = `id: "444444444444"
state: { bucket: example-state, region: us-east-1 }
roles: { deploy: "arn:aws:iam::444444444444:role/deploy", plan: "arn:aws:iam::444444444444:role/plan" }
tfvars:
  cluster:
    acess_entries: []
`;
    expect(
      problemsOf({ "accounts/mine.yaml": account, [FILE]: SMALLEST.replace("tfvars", "  ACCOUNT: mine\ntfvars") }),
    ).toEqual([
      'accounts/mine.yaml:6:5 tfvars.cluster.acess_entries: unknown key "acess_entries". Did you mean "access_entries"?',
    ]);
  });
});
