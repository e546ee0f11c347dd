import { defineCommand, TODAY } from "../../shared/command";

export const init = defineCommand({
  name: "init",
  summary: "begin a repository of your own: an account, tiers, and a first cluster",
  details: `On a terminal, it asks for values that no flag sets. Then it writes the files, validates them, and applies the first cluster to a simulated cloud. No file that
exists is changed, so it can be run again: it writes what is missing, and lists files that differ from what it would write.`,
  positionals: [{ name: "[folder]", description: "the folder of the repository; by default the current one" }],
  flags: {
    "account-id": { value: "digits", description: "the 12 digits of the AWS account" },
    account: { value: "name", description: "name of the account in the definitions; by default sandbox" },
    region: { value: "region", description: "AWS region of the first cluster and of the state" },
    domain: { value: "domain", description: "domain below which clusters get their names, such as dev.example.com" },
    "hosted-zone": {
      value: "id",
      description: "id of the domain's public Route 53 zone, if there is one",
      canBeEmpty: true,
    },
    "cidr-pool": { value: "range", description: "range for the networks of clusters; by default 10.64.0.0/10" },
    "admin-role": {
      value: "role",
      description: "IAM role of the people who administer the clusters: its name or its ARN; by default platform-admin",
    },
    owner: { value: "team", description: "team that owns the first cluster; by default platform" },
    tier: { value: "name", description: "tier of the first cluster; by default development" },
    "cluster-name": { value: "name", description: "name of the first cluster; by default first.<domain>" },
    "no-cluster": { description: "write no cluster" },
    ci: {
      value: "system",
      description: "CI system to generate pipelines for, github, gitlab, concourse or prow; by default none",
    },
    repository: {
      value: "path",
      description: "the repository with its owner at the CI system, such as example/clusters",
    },
    "platform-team": {
      value: "team",
      description:
        "who approves changes of accounts, tiers and pipelines; by default @<owner of the repository>/<team>",
    },
    "ci-issuer": {
      value: "address",
      description:
        "issuer of the tokens of CI jobs, for concourse (its external address) and prow (that of the build cluster's service accounts)",
    },
    package: {
      value: "spec",
      description:
        "what package.json depends on, such as a version or the address of a file; by default this version, or the file that it was installed from",
    },
    yes: { description: "ask nothing: use the defaults, and write into a folder that contains other files" },
    "skip-rehearsal": { description: "validate only" },
    today: TODAY,
  },
  examples: [
    ["fleet init", "ask for everything, and write into the current folder"],
    [
      "fleet init clusters --yes --account-id 123456789012 --region eu-west-1 --domain dev.example.com",
      "ask for nothing",
    ],
    [
      "fleet init --ci github --repository example/clusters --platform-team @example/platform",
      "also write the pipelines of GitHub Actions",
    ],
  ],
  run: async (input) => (await import("../../actions/own/init")).run(input),
});
