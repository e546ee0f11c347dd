import { messagesIn, testReports } from "../../../support/definition";

const ROLE = "arn:aws:iam::111111111111:role";

/** Returns an entry that views the cluster, with other keys after it. */
const viewer = (principal: string, more = ""): string =>
  `access_entries: [{ name: a, principal_arn: "${principal}", access_policy: AmazonEKSViewPolicy${more} }]`;

/** Returns an entry for a role with the given keys. */
const entry = (keys: string): string => `access_entries: [{ name: a, principal_arn: "${ROLE}/a", ${keys} }]`;

describe("the principal of an entry", () => {
  testReports({
    "must not have another entry": {
      cluster: viewer(`${ROLE}/platform-admin`),
      reports: [
        "9:48 tfvars.cluster.access_entries[a].principal_arn: is also the principal of the entry platform-admin. EKS accepts one entry per principal. Remove one of them",
      ],
    },
    "must not be the role of a capability": {
      cluster: `${viewer(`${ROLE}/ack`)}\ncapabilities: [{ name: ack, type: ACK, role_arn: "${ROLE}/ack" }]`,
      reports: [
        "9:48 tfvars.cluster.access_entries[a].principal_arn: is the role of the capability ack, which already has an access entry. EKS accepts one entry per principal. Remove this entry",
      ],
    },
    "must not be the role of a Fargate profile": {
      cluster: `access_entries: [{ name: pods, principal_arn: "${ROLE}/pods", type: FARGATE_LINUX }]`,
      fargate_profiles: `- { name: web, selectors: [{ namespace: web }], pod_execution_role_arn: "${ROLE}/pods" }`,
      reports: [
        "9:51 tfvars.cluster.access_entries[pods].principal_arn: is the role of the profile web, which already has an access entry. EKS accepts one entry per principal. Remove this entry",
      ],
    },
    "must not be the role of a worker group": {
      worker: `iam_role_arn: ${ROLE}/nodes`,
      cluster: `access_entries: [{ name: nodes, principal_arn: "${ROLE}/nodes", type: EC2_LINUX }]`,
      reports: [
        "10:52 tfvars.cluster.access_entries[nodes].principal_arn: is the role of the group general, which already has an access entry. EKS accepts one entry per principal. Remove this entry",
      ],
    },
    "must not be a service-linked role": {
      cluster: viewer(`${ROLE}/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`),
      reports: [
        "9:48 tfvars.cluster.access_entries[a].principal_arn: is a service-linked role. EKS does not accept access entries for such roles. Remove the entry",
      ],
    },
    "must have the path of an IAM Identity Center role": {
      cluster: viewer(`${ROLE}/AWSReservedSSO_Admins_0123456789abcdef`),
      reports: [
        "9:48 tfvars.cluster.access_entries[a].principal_arn: lacks the path of an IAM Identity Center role. aws-auth requires the ARN without the path, but an access entry requires the ARN that IAM shows. Set arn:…:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_…",
      ],
    },
    "can be an IAM Identity Center role with its path": {
      cluster: viewer(`${ROLE}/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admins_0123456789abcdef`),
      reports: [],
    },
    "must not be a session": {
      cluster: viewer("arn:aws:sts::111111111111:assumed-role/a/session"),
      reports: [
        '9:48 tfvars.cluster.access_entries[a].principal_arn: must be the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/platform-admin, got "arn:aws:sts::111111111111:assumed-role/a/session"',
      ],
    },
    "must not be the root user, which hides no other mistake": {
      cluster: `access_entries:
  - name: again
    principal_arn: ${ROLE}/platform-admin
    access_policy: AmazonEKSViewPolicy
    namespaces: ["\${x}", Team_A, "dev-*"]
    kubernetes_groups: [system:masters, 5, eks:x, viewers]
  - { name: root, principal_arn: "arn:aws:iam::111111111111:root", access_policy: AmazonEKSViewPolicy }`,
      reports: [
        "11:24 tfvars.cluster.access_entries[again].principal_arn: is also the principal of the entry platform-admin. EKS accepts one entry per principal. Remove one of them",
        '13:22 tfvars.cluster.access_entries[again].namespaces[0]: must be a namespace, or several, such as team-*, got "${x}"',
        '13:30 tfvars.cluster.access_entries[again].namespaces[1]: must be a namespace, or several, such as team-*, got "Team_A"',
        "14:29 tfvars.cluster.access_entries[again].kubernetes_groups[0]: system:masters is reserved. EKS refuses names that start with system:, eks:, aws:, amazon:, iam:. Rename it",
        '14:45 tfvars.cluster.access_entries[again].kubernetes_groups[1]: must be text, got 5, which YAML reads as a number. Write "5" in quotes',
        "14:48 tfvars.cluster.access_entries[again].kubernetes_groups[2]: eks:x is reserved. EKS refuses names that start with system:, eks:, aws:, amazon:, iam:. Rename it",
        '15:38 tfvars.cluster.access_entries[root].principal_arn: must be the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/platform-admin, got "arn:aws:iam::111111111111:root"',
      ],
    },
    "must not be the role that deploys with less than it has": {
      cluster: viewer(`${ROLE}/cluster-deploy`),
      reports: [
        "9:48 tfvars.cluster.access_entries[a].principal_arn: is the role that deploys, which always has AmazonEKSClusterAdminPolicy. An entry cannot reduce its access. Remove the entry",
      ],
    },
    "can be the role that deploys as an administrator": {
      cluster: `access_entries: [{ name: a, principal_arn: "${ROLE}/cluster-deploy", access_policy: AmazonEKSClusterAdminPolicy }]`,
      reports: [],
    },
    "must be a role for nodes": {
      cluster: `access_entries: [{ name: a, principal_arn: "arn:aws:iam::111111111111:user/a", type: EC2_LINUX }]`,
      reports: [
        "9:48 tfvars.cluster.access_entries[a].principal_arn: is a user, but type EC2_LINUX is for nodes, which use a role. Set the role of the nodes, or remove type",
      ],
    },
    "must be a role of the cluster's account for nodes": {
      cluster: `access_entries: [{ name: a, principal_arn: "arn:aws:iam::999999999999:role/a", type: HYBRID_LINUX }]`,
      reports: [
        "9:48 tfvars.cluster.access_entries[a].principal_arn: is a role of account 999999999999, but type HYBRID_LINUX requires a role of the cluster's own account 111111111111. Set the role of the nodes, or remove type",
      ],
    },
    "can be a user of another account for people": {
      cluster: viewer("arn:aws:iam::999999999999:user/a"),
      reports: [],
    },
  });
});

describe("what an entry grants", () => {
  testReports({
    "is written in one form": {
      cluster: entry("access_policy: AmazonEKSViewPolicy, access_policies: [{ policy: AmazonEKSEditPolicy }]"),
      reports: [
        "9:137 tfvars.cluster.access_entries[a].access_policies: cannot be combined with access_policy, which is its short form. Remove one of them",
      ],
    },
    "is limited by namespaces only with access_policy": {
      cluster: entry("namespaces: [x], kubernetes_groups: [a]"),
      reports: [
        "9:96 tfvars.cluster.access_entries[a].namespaces: requires access_policy, which it limits. With access_policies, set it in each policy",
      ],
    },
    "must not be nothing": {
      cluster: `access_entries: [{ name: a, principal_arn: "${ROLE}/a" }]`,
      reports: [
        "9:22 tfvars.cluster.access_entries[a]: grants nothing. Set access_policy, access_policies, kubernetes_groups, or a user_name that an RBAC binding names",
      ],
    },
    "can be what RBAC grants a user": {
      cluster: entry("user_name: somebody"),
      reports: [],
    },
    "has each policy once": {
      cluster: entry(
        "access_policies: [{ policy: AmazonEKSEditPolicy, namespaces: [x] }, { policy: AmazonEKSEditPolicy, namespaces: [y] }]",
      ),
      reports: [
        "9:162 tfvars.cluster.access_entries[a].access_policies[1].policy: lists AmazonEKSEditPolicy twice. EKS accepts a policy once per principal. List all namespaces in one item",
      ],
    },
    "is not set for nodes": {
      cluster: entry("type: EC2_LINUX, access_policy: AmazonEKSViewPolicy, kubernetes_groups: [a], user_name: a"),
      reports: [
        "9:116 tfvars.cluster.access_entries[a].access_policy: is not supported for type EC2_LINUX, because EKS grants these nodes what they need. Remove it",
        "9:156 tfvars.cluster.access_entries[a].kubernetes_groups: is only for type STANDARD. EKS sets it itself for EC2_LINUX. Remove it",
        "9:172 tfvars.cluster.access_entries[a].user_name: is only for type STANDARD. EKS sets it itself for EC2_LINUX. Remove it",
      ],
    },
    "does not list policies for nodes": {
      cluster: entry("type: EC2_LINUX, access_policies: [{ policy: AmazonEKSViewPolicy, namespaces: [x] }]"),
      reports: [
        "9:118 tfvars.cluster.access_entries[a].access_policies: is not supported for type EC2_LINUX, because EKS grants these nodes what they need. Remove it",
      ],
    },
    "includes the policy of Auto Mode's nodes for type EC2": {
      cluster: entry("type: EC2, access_policy: AmazonEKSAutoNodePolicy"),
      reports: [],
    },
    "includes the policy of Auto Mode's nodes only for type EC2": {
      cluster: entry("access_policy: AmazonEKSAutoNodePolicy"),
      reports: [
        "9:99 tfvars.cluster.access_entries[a].access_policy: requires type: EC2. This policy is only for nodes of EKS Auto Mode",
      ],
    },
    "includes the policy of Auto Mode's nodes only for all namespaces": {
      cluster: entry("type: EC2, access_policies: [{ policy: AmazonEKSAutoNodePolicy, namespaces: [x] }]"),
      reports: [
        "9:123 tfvars.cluster.access_entries[a].access_policies[0].policy: applies to the whole cluster. Remove its namespaces",
      ],
    },
    "is not given to a reserved user name": {
      cluster: viewer(`${ROLE}/a`, ', user_name: "system:admin"'),
      reports: [
        "9:131 tfvars.cluster.access_entries[a].user_name: system:admin is reserved. EKS refuses names that start with system:, eks:, aws:, amazon:, iam:. Rename it",
      ],
    },
    "is given to a session only after a colon": {
      cluster: viewer(`${ROLE}/a`, ', user_name: "a-{{SessionName}}"'),
      reports: [
        "9:131 tfvars.cluster.access_entries[a].user_name: must have a colon before {{SessionName}}, such as acme:{{SessionName}}",
      ],
    },
    "is given to a session after a colon": {
      cluster: viewer(`${ROLE}/a`, ', user_name: "a:{{SessionName}}"'),
      reports: [],
    },
  });

  test("is one of the policies of EKS", () => {
    const [message, ...others] = messagesIn({
      cluster: entry("access_policies: [{ policy: AmazonEKSEditorPolicy }]"),
    });

    expect(message).toMatch(
      /^tfvars\.cluster\.access_entries\[a\]\.access_policies\[0\]\.policy: must be one of Amazon/,
    );
    expect(others).toEqual([]);
  });
});

describe("administrators", () => {
  testReports({
    "must exist": {
      cluster: "access_entries: []",
      reports: [
        "9:21 tfvars.cluster.access_entries: must have an administrator besides the roles that deploy and plan. Otherwise nobody can reach the cluster if the pipeline is lost. Add an entry with access_policy: AmazonEKSClusterAdminPolicy and without namespaces",
      ],
    },
    "must be others than the role that deploys": {
      cluster: `access_entries: [{ name: platform-admin, access_policy: AmazonEKSViewPolicy }, { name: deploy, principal_arn: "${ROLE}/cluster-deploy", access_policy: AmazonEKSClusterAdminPolicy }]`,
      reports: [
        "9:21 tfvars.cluster.access_entries: must have an administrator besides the roles that deploy and plan. Otherwise nobody can reach the cluster if the pipeline is lost. Add an entry with access_policy: AmazonEKSClusterAdminPolicy and without namespaces",
      ],
    },
    "must be others than the role that plans": {
      cluster: `access_entries: [{ name: platform-admin, access_policy: AmazonEKSViewPolicy }, { name: plan, principal_arn: "${ROLE}/cluster-plan", access_policy: AmazonEKSClusterAdminPolicy }]`,
      reports: [
        "9:21 tfvars.cluster.access_entries: must have an administrator besides the roles that deploy and plan. Otherwise nobody can reach the cluster if the pipeline is lost. Add an entry with access_policy: AmazonEKSClusterAdminPolicy and without namespaces",
      ],
    },
    "must not be limited to namespaces": {
      cluster: "access_entries: [{ name: platform-admin, namespaces: [x] }]",
      reports: [
        "9:21 tfvars.cluster.access_entries: must have an administrator besides the roles that deploy and plan. Otherwise nobody can reach the cluster if the pipeline is lost. Add an entry with access_policy: AmazonEKSClusterAdminPolicy and without namespaces",
      ],
    },
    "can have their policy in access_policies": {
      cluster:
        "access_entries: [{ name: platform-admin, access_policy: null, access_policies: [{ policy: AmazonEKSClusterAdminPolicy }] }]",
      reports: [],
    },
  });
});

describe("entries that exist already", () => {
  testReports({
    "are listed once, and have an entry": {
      cluster: `existing_access_entries:
  - ${ROLE}/cluster-deploy
  - ${ROLE}/cluster-plan
  - ${ROLE}/platform-admin
  - ${ROLE}/platform-admin
  - ${ROLE}/nobody`,
      reports: [
        "13:9 tfvars.cluster.existing_access_entries[3]: lists arn:aws:iam::111111111111:role/platform-admin twice. Remove one of them",
        "14:9 tfvars.cluster.existing_access_entries[4]: requires an entry for this principal in access_entries. Add one, or remove the principal here",
      ],
    },
    "are not those of aws-auth alone": {
      cluster: "authentication_mode: CONFIG_MAP",
      reports: [
        "9:26 tfvars.cluster.authentication_mode: does not support access entries, so neither the role that deploys nor an administrator could reach the cluster. Set API_AND_CONFIG_MAP, apply, move the content of aws-auth into access_entries, and then set API",
      ],
    },
  });
});
