import { testMessages } from "../../../support/definition";
import { chart, definitionOfKind, manifests, object } from "../../../support/extras";

const certificate = object("cert-manager.io/v1", "Certificate", "a");
const rollout = object("argoproj.io/v1alpha1", "Rollout", "a");
const pool = object("karpenter.sh/v1", "NodePool", "a");
const needs = (api: string, addons: string, first: string): string =>
  `tfvars.extra_manifests[one].manifests[0].apiVersion: requires the API ${api}, which ${addons} installs. Set ${first}_enabled: true, or list the extra chart that installs it in after`;

testMessages({
  "refuses a kind of an addon that is off": {
    extra_manifests: manifests("one", [certificate]),
    reports: [needs("cert-manager.io", "cert_manager", "cert_manager")],
  },
  "refuses a kind that 2 addons install if both are off": {
    extra_manifests: manifests("one", [rollout]),
    reports: [needs("argoproj.io", "argo_cd or argo_rollouts", "argo_cd")],
  },
  "accepts a kind that 2 addons install if one is on": {
    addons: "argo_rollouts_enabled: true",
    extra_manifests: manifests("one", [rollout]),
    reports: [],
  },
  "accepts a kind of an addon that is off after an extra chart": {
    extra_charts: chart("podinfo"),
    extra_manifests: manifests("one", [certificate], "after: [podinfo]"),
    reports: [],
  },
  "refuses a kind of an addon that is off beside an extra chart that the item does not wait for": {
    extra_charts: chart("podinfo"),
    extra_manifests: manifests("one", [certificate]),
    reports: [needs("cert-manager.io", "cert_manager", "cert_manager")],
  },
  "refuses a kind of an addon that is off after other manifests": {
    extra_manifests: `${manifests("one", [certificate], "after: [two]")}\n${manifests("two", [object("v1", "ConfigMap", "a")])}`,
    reports: [needs("cert-manager.io", "cert_manager", "cert_manager")],
  },
  "accepts a kind that another item defines": {
    extra_manifests: `${manifests("one", [certificate])}\n${manifests("two", [definitionOfKind("cert-manager.io", "Certificate")])}`,
    reports: [],
  },
  "accepts a kind that the Argo CD of EKS installs": {
    cluster:
      'capabilities: [{ name: a, type: ARGOCD, argo_cd: { idc_instance_arn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" } }]',
    extra_manifests: manifests("one", [rollout]),
    reports: [],
  },
  "accepts a kind that EKS Auto Mode installs": {
    cluster: "auto_mode: { enabled: true, node_pools: [general-purpose] }",
    extra_manifests: manifests("one", [pool]),
    reports: [],
  },
});
