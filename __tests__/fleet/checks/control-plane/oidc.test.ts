import { testReports } from "../../../support/definition";

const provider = (keys: string): string =>
  `oidc_identity_providers: [{ name: a, issuer_url: "https://a.example.com", client_id: a, ${keys} }]`;

testReports({
  "refuses prefixes that Kubernetes reserves": {
    cluster: provider('username_prefix: "system:", groups_claim: groups, groups_prefix: "system:"'),
    reports: [
      "9:110 tfvars.cluster.oidc_identity_providers[a].username_prefix: must not start with system:, which Kubernetes reserves",
      "9:158 tfvars.cluster.oidc_identity_providers[a].groups_prefix: must not start with system:, which Kubernetes reserves",
    ],
  },
  "refuses a groups_prefix without groups_claim": {
    cluster: provider('groups_prefix: "a:"'),
    reports: [
      "9:108 tfvars.cluster.oidc_identity_providers[a].groups_prefix: requires groups_claim. Set the claim, or remove the prefix",
    ],
  },
  "refuses an issuer of EKS": {
    cluster:
      'oidc_identity_providers: [{ name: a, issuer_url: "https://oidc.eks.us-east-1.amazonaws.com/id/0123", client_id: a }]',
    reports: [
      "9:54 tfvars.cluster.oidc_identity_providers[a].issuer_url: is an EKS issuer, which is only for service accounts. EKS refuses it. Set another issuer",
    ],
  },
  "refuses an issuer of EKS at its endpoint for both IP families": {
    cluster:
      'oidc_identity_providers: [{ name: a, issuer_url: "https://oidc-eks.us-east-1.api.aws/id/0123", client_id: a }]',
    reports: [
      "9:54 tfvars.cluster.oidc_identity_providers[a].issuer_url: is an EKS issuer, which is only for service accounts. EKS refuses it. Set another issuer",
    ],
  },
  "refuses a second provider": {
    cluster: `oidc_identity_providers:
  - { name: a, issuer_url: "https://a.example.com", client_id: a }
  - { name: b, issuer_url: "https://b.example.com", client_id: b }`,
    reports: ["10:7 tfvars.cluster.oidc_identity_providers: must have at most 1 item, got 2 items"],
  },
});
