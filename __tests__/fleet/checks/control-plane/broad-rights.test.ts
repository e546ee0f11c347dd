import { testMessages } from "../../../support/definition";

const role = (text: string): string =>
  `service_account_roles: [{ name: r, namespace: default, service_account: r, by: pod_identity, ${text} }]`;
const statement = (actions: string, resources: string, more = ""): string =>
  role(`statements: [{ actions: ["${actions}"], resources: ["${resources}"]${more} }]`);
const gives = (path: string, what: string): string =>
  `warning: tfvars.cluster.service_account_roles[r].${path}: ${what} gives administrator rights. Every pod that uses the role can change the whole account. Allow what is used only`;

testMessages({
  "warns of all actions of IAM on everything": {
    cluster: statement("iam:*", "*"),
    reports: [gives("statements[0].actions", "iam:* on every resource")],
  },
  "accepts some actions of IAM on everything": { cluster: statement("iam:Get*", "*"), reports: [] },
  "accepts all actions of another service on everything": { cluster: statement("s3:*", "*"), reports: [] },
  "accepts all actions of IAM on one role": {
    cluster: statement("iam:*", "arn:aws:iam::111111111111:role/one"),
    reports: [],
  },
  "accepts that everything is denied": { cluster: statement("iam:*", "*", ", effect: Deny"), reports: [] },
  "warns of a policy of administrators": {
    cluster: role("managed_policy_arns: [arn:aws:iam::aws:policy/PowerUserAccess]"),
    reports: [gives("managed_policy_arns[0]", "PowerUserAccess")],
  },
  "accepts a policy that only reads": {
    cluster: role("managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]"),
    reports: [],
  },
});
