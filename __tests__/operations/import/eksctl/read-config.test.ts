import { formatProblem } from "../../../../language/problem";
import { readConfig } from "../../../../operations/import/eksctl/read-config";

const HEAD = "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n";

const problems = (text: string): string[] => readConfig("c.yaml", Buffer.from(text)).problems.map(formatProblem);

test.each<[string, string, readonly string[]]>([
  [
    "another kind of file",
    "apiVersion: v1\nkind: Pod\nnodes: 1\n",
    [
      'c.yaml:1:13 error: apiVersion: is "v1", but must be eksctl.io/v1alpha5. fleet import eksctl reads a ClusterConfig of eksctl only',
      'c.yaml:2:7 error: kind: is "Pod", but must be ClusterConfig. fleet import eksctl reads a ClusterConfig of eksctl only',
    ],
  ],
  [
    "several documents",
    `${HEAD}---\n${HEAD}`,
    ["c.yaml:3:1 error: the file contains several YAML documents. Put the ClusterConfig into a file of its own"],
  ],
  [
    "a misspelled key, beside a missing one elsewhere",
    `${HEAD}metadata: { name: a, regio: b }\nmanagedNodeGroup: []\nnodeGroups: [{ desiredCapacity: 1 }]\n`,
    [
      'c.yaml:3:22 error: metadata.regio: unknown key "regio". Did you mean "region"?',
      'c.yaml:4:1 error: managedNodeGroup: unknown key "managedNodeGroup". Did you mean "managedNodeGroups"?',
      "c.yaml:5:14 error: nodeGroups[0].name: is required: must be text",
    ],
  ],
  [
    "values of another type",
    `${HEAD}metadata: { name: a, region: b, version: 1.30 }\nnodeGroups: [{ name: x, desiredCapacity: "3" }]\n`,
    [
      'c.yaml:3:42 error: metadata.version: must be text, got 1.30, which YAML reads as a number. Write "1.30" in quotes',
      'c.yaml:4:42 error: nodeGroups[x].desiredCapacity: must be a whole number, got "3", which YAML reads as text. Write 3 without quotes',
    ],
  ],
])("refuses %s, with every place", (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test("accepts JSON, anchors and merge keys", () => {
  const json = {
    apiVersion: "eksctl.io/v1alpha5",
    kind: "ClusterConfig",
    metadata: { name: "a", region: "eu-west-1" },
  };
  const yaml = `${HEAD}metadata: { name: a, region: b }\nnodeGroups: [&one { name: x }, { <<: *one, name: y }]\n`;

  expect([problems(JSON.stringify(json)), problems(yaml)]).toEqual([[], []]);
});
