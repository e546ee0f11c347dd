import { account, definition, messagesIn, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `  key-${index}: value\n`).join("");
const messagesOf = (tags: number, labels: number): string[] =>
  messagesIn({ common: `tags:\n${lines(tags)}`, worker: labels === 0 ? "" : `labels:\n${lines(labels)}` });

testReports({
  "refuses a tag that every resource has": {
    common: 'tags: { CostCenter: "4711", Owner: somebody }',
    reports: [
      "6:40 tfvars.common.tags.Owner: is reserved, because every resource of a cluster has this tag. Rename it (reserved: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
    ],
  },
});

testReports({
  "refuses a tag that differs only by case from a tag that every resource has": {
    common: "tags: { owner: search, name: web }",
    reports: [
      "6:20 tfvars.common.tags.owner: is reserved, because every resource of a cluster has the tag Owner, from which IAM does not distinguish it. Rename it (reserved: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
      "6:34 tfvars.common.tags.name: is reserved, because every resource of a cluster has the tag Name, from which IAM does not distinguish it. Rename it (reserved: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
    ],
  },
  "refuses 2 tags that differ only by case": {
    common: "tags: { Team: a, app: b, team: c }",
    reports: [
      "6:36 tfvars.common.tags.team: differs from the tag Team only by case, which IAM does not distinguish, so no role could be created. Remove one of them",
    ],
  },
  "accepts tags of instances and groups that differ only by case, which EC2 and Auto Scaling distinguish": {
    common: "tags: { Team: a }",
    worker: "instance_tags: { team: b, TEAM: c }\ngroup_tags: { team: d, owner: e }",
    reports: [],
  },
});

test("refuses a cluster's tag that differs only by case from a tag of its account", () => {
  const files = {
    "accounts/open.yaml": account({ tfvars: "common: { tags: { CostCenter: a } }" }),
    "clusters/a.example.com.yaml": definition({ meta: "ACCOUNT: open", common: "tags: { costcenter: b }" }),
  };

  expect(problemsOf(files)).toEqual([
    "clusters/a.example.com.yaml:7:25 tfvars.common.tags.costcenter: differs from the tag CostCenter only by case, which IAM does not distinguish, so no role could be created. Remove one of them",
  ]);
});

test("refuses more tags, labels and taints together than AWS accepts", () => {
  expect(messagesOf(10, 30)).toEqual([]);
  expect(messagesOf(10, 31)).toEqual([
    "tfvars.workers[general].labels: adds 31 tags to the group together with taints and group_tags, but only 30 of AWS's 50 are left. Use fewer",
  ]);
});

test("refuses more tags than AWS accepts, once for all groups", () => {
  expect(messagesOf(40, 0)).toEqual([]);
  expect(messagesOf(41, 1)).toEqual([
    "tfvars.common.tags: must have at most 40 tags, because AWS accepts 50 per resource, but has 41. Use fewer",
  ]);
});

test("keeps room for the tag by which the addon that drains nodes finds a group", () => {
  const messages = (tags: number): string[] =>
    messagesIn({ common: `tags:\n${lines(tags)}`, addons: "aws_node_termination_handler_enabled: true" });

  expect(messages(39)).toEqual([]);
  expect(messages(40)).toEqual([
    "tfvars.common.tags: must have at most 39 tags, because AWS accepts 50 per resource, but has 40. Use fewer",
  ]);
});

test("keeps room for the 3 tags from which the autoscaler reads requirements", () => {
  const messages = (labels: number): string[] =>
    messagesIn({
      common: `tags:\n${lines(10)}`,
      worker: `instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\nlabels:\n${lines(labels)}`,
    });

  expect(messages(27)).toEqual([]);
  expect(messages(28)).toEqual([
    "tfvars.workers[general].labels: adds 28 tags to the group together with taints and group_tags, but only 27 of AWS's 50 are left. Use fewer",
  ]);
});

test("refuses labels and taints that are too long for the autoscaler's tags", () => {
  const key = (length: number): string => `${"example.com".padStart(length - 5, "a.")}/abcd`;
  const messages = (autoscaling: boolean, length: number): string[] =>
    messagesIn({
      worker: `autoscaling: ${autoscaling}\nlabels: { ${key(length)}: value }\ntaints: [{ key: ${key(length)}, value: "", effect: NoSchedule }]`,
      workers: "- name: untainted",
    });
  const tooLong =
    "must have at most 82 characters, because cluster-autoscaler reads it from a tag, but has 83. Shorten it";

  expect(messages(true, 82)).toEqual([]);
  expect(messages(false, 83)).toEqual([]);
  expect(messages(true, 83)).toEqual([
    `tfvars.workers[general].labels.${key(83)}: ${tooLong}`,
    `tfvars.workers[general].taints[0].key: ${tooLong}`,
  ]);
});
