import { type AddonName, catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import { INGRESS_SERVERS } from "../../addons/parts/ingress";
import { checkAddonRelations } from "../../fleet/checks/addons/addons";
import { clusterWith } from "../constructs/addons/support";
import { problemsOf, SMALLEST } from "../support/definitions";

const addons = Object.values<Addon>(catalogue);

/** Returns the reports about a cluster with these addons alone, as `path: message`. */
function told(...names: readonly string[]): readonly string[] {
  const { meta, tfvars } = clusterWith(names as readonly AddonName[]);
  const subject = { definition: { meta, tfvars }, account: undefined, release: undefined };
  return checkAddonRelations({
    ...subject,
    regions: {},
    serviceLevels: undefined,
    support: {},
    today: "2026-09-01",
  }).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

/** All that an addon needs, and what that needs. */
function needs(name: string): readonly string[] {
  return addons
    .filter((addon) => addon.name === name)
    .flatMap(({ requires }) => [...requires, ...requires.flatMap(needs)]);
}

const requirements = addons.flatMap(({ name, requires }) => requires.map((other) => [name, other] as const));
const conflicts = addons.flatMap(({ name, conflicts_with }) => conflicts_with.map((other) => [name, other] as const));

test.each(requirements)("%s is refused without %s", (name, other) => {
  const others = needs(name).filter((each) => each !== other && !needs(each).includes(other));

  expect(told(name, ...others)).toEqual([
    `tfvars.addons.${name}.enabled: requires ${other}. Set ${other}_enabled: true`,
  ]);
  expect(told(name, ...needs(name))).toEqual([]);
});

test.each(conflicts)("%s is refused beside %s", (name, other) => {
  const both = told(name, other, ...needs(name), ...needs(other));

  expect(both).toContain(`tfvars.addons.${name}.enabled: conflicts with ${other}. Disable one of them`);
  expect(both).toHaveLength(2); // the other one says so too
  expect(told(name, ...needs(name))).toEqual([]);
});

test("requirements and conflicts both exist", () => {
  expect(requirements.map((pair) => pair.join(" "))).toContain("goldilocks vertical_pod_autoscaler");
  expect(conflicts.map((pair) => pair.join(" "))).toContain("alloy fluent_bit");
});

describe("Relations between groups of addons", () => {
  const problems = (rest: string) => problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${rest}` });

  test("each metrics API has one server", () => {
    const rules = (adapter: string, keda: boolean) => `  addons:
    kube_prometheus_stack_enabled: true
    keda_enabled: ${keda}
    prometheus_adapter:
      enabled: true
      values: { rules: ${adapter} }
`;

    expect(problems(rules("{ external: [{ seriesQuery: x }], resource: { cpu: {} } }", true))).toEqual([
      "clusters/a.example.com.yaml:13:36 tfvars.addons.prometheus_adapter.values.rules.external: claims the API v1beta1.external.metrics.k8s.io, which keda serves. Remove it, or set keda_enabled: false",
      "clusters/a.example.com.yaml:13:68 tfvars.addons.prometheus_adapter.values.rules.resource: claims the API v1beta1.metrics.k8s.io, which metrics_server serves. Remove it, or set metrics_server_enabled: false",
    ]);
    expect(problems(rules("{ external: [{ seriesQuery: x }] }", false))).toEqual([]);
    expect(problems(rules("{ external: [], resource: {}, custom: [{ seriesQuery: x }] }", true))).toEqual([]);
  });

  test("privileged runners require namespaces that the policies exclude", () => {
    const addons = (kyverno: string, mode: string) => `  addons:
    kyverno: { enabled: true, options: { ${kyverno} } }
    github_actions_runners:
      enabled: true
      options: { runner_sets: [{ name: a, github_url: https://github.com/a, github_app_secret: a, min_runners: 0, max_runners: 1, container_mode: ${mode}, cpu: "1", memory: 1Gi }] }
`;

    expect(problems(addons("validation_failure_action: Enforce", "dind"))).toEqual([
      "clusters/a.example.com.yaml:12:147 tfvars.addons.github_actions_runners.options.runner_sets[a].container_mode: requires privileged pods, which kyverno refuses. Use kubernetes or none, or add actions-runners to kyverno's excluded_namespaces",
    ]);
    expect(
      problems(addons("validation_failure_action: Enforce, excluded_namespaces: [actions-runners]", "dind")),
    ).toEqual([]);
    expect(problems(addons("validation_failure_action: Audit", "dind"))).toEqual([]);
    expect(problems(addons("validation_failure_action: Enforce", "none"))).toEqual([]);
  });

  test("a singleton is installed once", () => {
    const extra = (chart: string) =>
      `  extra_charts: [{ name: other, repository: https://charts.example.com, chart: ${chart}, version: 1.2.3, namespace: other }]\n`;
    const at = "clusters/a.example.com.yaml";
    const installs = (addon: string) =>
      `installs the same as the addon ${addon}. Remove it, or set ${addon}_enabled: false`;
    const enabled = "  addons: { vertical_pod_autoscaler_enabled: true }\n";

    expect(problems(extra("metrics-server"))).toEqual([
      `${at}:8:80 tfvars.extra_charts[other].chart: ${installs("metrics_server")}`,
    ]);
    expect(problems(enabled + extra("vpa"))).toEqual([
      `${at}:9:80 tfvars.extra_charts[other].chart: ${installs("vertical_pod_autoscaler")}`,
    ]);
    expect(problems(extra("vpa"))).toEqual([]);
    expect(
      problems(`  addons:
    vertical_pod_autoscaler_enabled: true
    goldilocks: { enabled: true, values: { vpa: { enabled: true }, metrics-server: { enabled: true } } }
    secrets_store_csi_driver:
      enabled: true
      further_values: { secrets_store_csi_driver_provider_aws: { secrets-store-csi-driver: { install: true } } }
`),
    ).toEqual([
      `${at}:10:60 tfvars.addons.goldilocks.values.vpa.enabled: installs the same as the addon vertical_pod_autoscaler. Remove it`,
      `${at}:10:95 tfvars.addons.goldilocks.values.metrics-server.enabled: installs the same as the addon metrics_server. Remove it`,
      `${at}:13:103 tfvars.addons.secrets_store_csi_driver.further_values.secrets_store_csi_driver_provider_aws.secrets-store-csi-driver.install: installs the same as the addon secrets_store_csi_driver. Remove it`,
    ]);
  });

  test("an addon of the catalogue is not installed as an EKS add-on too", () => {
    const extra = "{ name: metrics-server, version: v0.8.1-eksbuild.1, before_nodes: false }";
    const cluster = (enabled: boolean) => `  addons: { metrics_server_enabled: ${enabled} }
  cluster:
    extra_eks_addons: [${extra}]
`;

    expect(problems(cluster(true))).toEqual([
      "clusters/a.example.com.yaml:10:32 tfvars.cluster.extra_eks_addons[metrics-server].name: installs the same as the chart of addons.metrics_server. Remove it, or set metrics_server_enabled: false",
    ]);
    expect(problems(cluster(false))).toEqual([]);
  });
});

describe("An addon with an Ingress", () => {
  const withIngress = addons.filter(({ ingress_class }) => ingress_class !== undefined);
  const earlier = (name: string): readonly string[] => {
    const addon = addons.find((each) => each.name === name);
    return [...new Set([...(addon?.requires ?? []), ...(addon?.after ?? [])])].flatMap((each) => [
      each,
      ...earlier(each),
    ]);
  };

  test.each(withIngress)(
    "$name is installed after all controllers of Ingresses, except those that are installed after it",
    ({ name }) => {
      const missing = INGRESS_SERVERS.filter((server) => !earlier(name).includes(server));

      expect(missing.filter((server) => !earlier(server).includes(name))).toEqual([]);
    },
  );

  test.each(withIngress)("$name is removed before the controller whose finalizer is on its Ingress", ({ name }) => {
    expect(earlier(name)).toContain("aws_load_balancer_controller");
  });

  test("every addon that serves an ingress class is listed as a controller of Ingresses", () => {
    const servers = addons.filter(({ ingress_classes = [] }) => ingress_classes.length > 0).map(({ name }) => name);

    expect(INGRESS_SERVERS).toEqual(expect.arrayContaining(servers));
  });
});
