import { definition, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const ARGO_CD = 'argo_cd: { idc_instance_arn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" }';

testReports({
  "refuses type ARGOCD without argo_cd": {
    cluster: "capabilities: [{ name: a, type: ARGOCD }]",
    reports: [
      "9:20 tfvars.cluster.capabilities[a]: requires argo_cd for type ARGOCD. Set argo_cd, because users log in through IAM Identity Center",
    ],
  },
  "refuses argo_cd for another type": {
    cluster: `capabilities: [{ name: b, type: KRO, ${ARGO_CD} }]`,
    reports: [
      "9:51 tfvars.cluster.capabilities[b].argo_cd: has no effect because it is for type ARGOCD, but the type is KRO. Remove it",
    ],
  },
  "refuses two capabilities of one type": {
    cluster: "capabilities: [{ name: a, type: KRO }, { name: b, type: ACK }, { name: c, type: KRO }]",
    reports: [
      "9:85 tfvars.cluster.capabilities[c].type: a already has type KRO. EKS accepts one capability of each type. Remove one of them",
    ],
  },
  "refuses statements for an existing role": {
    cluster: `capabilities: [{ name: c, type: KRO, role_arn: "arn:aws:iam::111111111111:role/c", statements: [{ actions: ["s3:*"], resources: ["*"] }] }]`,
    reports: [
      "9:100 tfvars.cluster.capabilities[c].statements: has no effect because role_arn sets an existing role, which is not changed. Remove it, or remove role_arn",
    ],
  },
  "refuses managed policies for an existing role": {
    cluster: `capabilities: [{ name: c, type: KRO, role_arn: "arn:aws:iam::111111111111:role/c", managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }]`,
    reports: [
      "9:109 tfvars.cluster.capabilities[c].managed_policy_arns: has no effect because role_arn sets an existing role, which is not changed. Remove it, or remove role_arn",
    ],
  },
  "refuses an access policy that is listed twice": {
    cluster:
      "capabilities: [{ name: c, type: KRO, access_policies: [{ policy: AmazonEKSViewPolicy }, { policy: AmazonEKSViewPolicy }] }]",
    reports: [
      "9:103 tfvars.cluster.capabilities[c].access_policies[1].policy: lists AmazonEKSViewPolicy twice. EKS accepts a policy once per principal. List all namespaces in one item",
    ],
  },
  "refuses a capability of which an addon brings the kinds": {
    cluster: `capabilities: [{ name: a, type: ARGOCD, ${ARGO_CD} }]`,
    addons: "argo_cd_enabled: true",
    reports: [
      "9:37 tfvars.cluster.capabilities[a].type: brings the kinds that the addon argo_cd brings. Set argo_cd_enabled: false, or remove this capability",
    ],
  },
  "accepts type ARGOCD without the addon": {
    cluster: `capabilities: [{ name: a, type: ARGOCD, ${ARGO_CD} }]`,
    reports: [],
  },
});

test.each([
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
])("refuses capabilities in partition %s", (partition, region) => {
  const text = definition({ cluster: "capabilities: [{ name: a, type: ACK }]" }).replace("us-east-1", region);

  expect(problemsOf({ "clusters/a.example.com.yaml": text })).toContain(
    `clusters/a.example.com.yaml:9:37 tfvars.cluster.capabilities[a].type: does not exist in partition ${partition}. EKS has capabilities only in partition aws. Remove it`,
  );
});
