import { pathOf } from "../../../operations/explain/keys";
import { openCluster } from "../../../operations/explain/open-cluster";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const { whole } = openCluster({
  directory: SAMPLE_FLEET,
  shipped: "definitions",
  select: "staging.dev.example.com",
  today: TODAY,
});

test.each([
  ["tfvars.workers[general].max_size", ["tfvars", "workers", 0, "max_size"]],
  ["tfvars.workers[0].max_size", ["tfvars", "workers", 0, "max_size"]],
  ["workers.general.max_size", ["tfvars", "workers", 0, "max_size"]],
  ["cluster.kubernetes_version", ["tfvars", "cluster", "kubernetes_version"]],
  ["meta.TIER", ["meta", "TIER"]],
  ["release.kubernetes.1.35.eks_addons.kube-proxy", ["release", "kubernetes", "1.35", "eks_addons", "kube-proxy"]],
  ["account.hosted_zones.dev.example.com", ["account", "hosted_zones", "dev.example.com"]],
  ["addons.velero_enabled", ["tfvars", "addons", "velero", "enabled"]],
  ["cluster.nodelocal_dns_enabled", ["tfvars", "addons", "nodelocal_dns", "enabled"]],
  ["workers[general].instance_type", ["tfvars", "workers", 0, "instance_types"]],
  ["networking", ["tfvars", "networking"]],
  ["addons.velero.adopt", ["tfvars", "addons", "velero", "adopt"]],
])("%s is found", (text, path) => {
  expect(pathOf(whole, text)).toEqual(path);
});

test.each([
  [
    "networking.flow_log",
    /^tfvars\.networking has no key "flow_log"\. Did you mean "flow_logs"\? Keys: flow_logs, .* and \d+ more$/,
  ],
  ["workers[genral].max_size", /^tfvars\.workers has no item "genral"\. Did you mean "general"\?$/],
  ["workers[7]", /^tfvars\.workers has no item "7"\. Items: general$/],
  ["meta.TIER.x", /^meta\.TIER has no keys, so "x" cannot be one$/],
  ["nothing", /^a definition has no key "nothing"\. Keys: /],
])("%s is refused with a suggestion", (text, message) => {
  expect(() => pathOf(whole, text)).toThrow(message);
});
