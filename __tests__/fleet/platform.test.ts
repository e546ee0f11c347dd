import { readFileSync } from "node:fs";
import { enabledAddons } from "../../fleet/model/enabled-addons";
import { definition } from "../support/definition";
import { allProblemsOf, type Files, fleetOf } from "../support/definitions";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const FILE = "clusters/a.example.com.yaml";
const PLATFORM = [
  "alloy",
  "cert_manager",
  "eks_node_monitoring_agent",
  "external_dns",
  "kube_prometheus_stack",
  "loki",
  "snapshot_controller",
  "velero",
];
const META = 'RELEASE_MODEL: "2026.12"\nTIER: production';
const DOMAIN = "  cluster: { k8s_base_domain: a.eks.example.com }\n";

const cluster = (parts: { readonly meta?: string; readonly rest?: string } = {}): string =>
  `${definition({ meta: parts.meta ?? META })}${parts.rest ?? DOMAIN}`;

function only(files: Files) {
  const [found] = fleetOf(files).clusters;
  if (found === undefined) throw new Error("no cluster");
  return found;
}

/** Returns the addons of the platform that a cluster has. */
const platformOf = (own: string, files: Files = {}): readonly string[] =>
  enabledAddons(only({ ...files, [FILE]: own })).filter((name) => PLATFORM.includes(name));

const without = (...names: readonly string[]): readonly string[] => PLATFORM.filter((name) => !names.includes(name));

const meta = (release: string, tier: string): string => `RELEASE_MODEL: "${release}"\nTIER: ${tier}`;

const tier = (addons: string): Files => ({
  "tiers/production.yaml": `tfvars: { addons: { sla: production, ${addons} } }\n`,
});

describe("a platform comes with the release", () => {
  test.each(["2026.10", "2026.11"])("%s has none", (release) => {
    expect(platformOf(cluster({ meta: meta(release, "production") }))).toEqual([]);
    expect(only({ [FILE]: cluster({ meta: meta(release, "production") }) }).tfvars.workers[0]?.node_repair).toBeNull();
  });

  test("2026.12 has monitoring, logs, DNS, certificates, backups and node repair for tier production", () => {
    expect(platformOf(cluster())).toEqual(PLATFORM);
    expect(only({ [FILE]: cluster() }).tfvars.workers[0]?.node_repair).toEqual({});
  });

  test("staging has the same, and its own time of backups, because its service level has none", () => {
    const own = cluster({ meta: meta("2026.12", "staging") });

    expect(platformOf(own)).toEqual(PLATFORM);
    expect(only({ [FILE]: own }).tfvars.addons.velero.options.schedule).toBe("30 2 * * *");
  });

  test("development has no backups and no Alertmanager", () => {
    const own = cluster({ meta: meta("2026.12", "development") });

    expect(platformOf(own)).toEqual(without("snapshot_controller", "velero"));
    expect(only({ [FILE]: own }).tfvars.addons.kube_prometheus_stack.options.alertmanager).toBe(false);
  });

  test("a tier whose name no platform has gets none, unless it names one", () => {
    const own = cluster({ meta: meta("2026.12", "ours") });

    expect(platformOf(own, { "tiers/ours.yaml": "tfvars: {}\n" })).toEqual([]);
    expect(platformOf(own, { "tiers/ours.yaml": "tfvars: { addons: { platform: production } }\n" })).toEqual(PLATFORM);
  });
});

describe("each part can be switched off", () => {
  test("by the cluster", () => {
    expect(platformOf(cluster({ rest: `${DOMAIN}  addons: { velero_enabled: false }\n` }))).toEqual(without("velero"));
  });

  test("by the tier", () => {
    expect(platformOf(cluster(), tier("velero_enabled: false"))).toEqual(without("velero"));
  });

  test("by the account", () => {
    const account = readFileSync(`${SAMPLE_FLEET}/accounts/production.yaml`, "utf8");
    const files = {
      "accounts/production.yaml": account.replace("tfvars:\n", "tfvars:\n  addons: { velero_enabled: false }\n"),
    };

    expect(platformOf(cluster(), files)).toEqual(without("velero"));
  });

  test("by the channel", () => {
    const files = {
      "channels.yaml": 'stable: { release: "2026.12", tfvars: { addons: { velero_enabled: false } } }\n',
    };

    expect(platformOf(cluster({ meta: "RELEASE_MODEL: stable\nTIER: production" }), files)).toEqual(without("velero"));
  });

  test("all at once, by the platform none", () => {
    expect(platformOf(cluster({ rest: `${DOMAIN}  addons: { platform: none }\n` }))).toEqual([]);
    expect(platformOf(cluster(), tier("platform: none"))).toEqual([]);
  });

  test("an addon without another one that it requires stays off too", () => {
    expect(platformOf(cluster({ rest: `${DOMAIN}  addons: { loki_enabled: false }\n` }))).toEqual(
      without("alloy", "loki"),
    );
  });

  test("the settings of an addon that a cluster switches on itself are its own", () => {
    const own = cluster({
      meta: meta("2026.12", "development"),
      rest: `${DOMAIN}  addons: { kube_prometheus_stack_enabled: true }\n`,
    });

    expect(only({ [FILE]: own }).tfvars.addons.kube_prometheus_stack.options.alertmanager).toBe(true);
  });
});

const RECEIVERS =
  "tfvars.addons.kube_prometheus_stack.options.alerting.receivers: is empty, so nobody is notified of alerts. Add a receiver and set default_receiver, or set options.alertmanager: false";

describe("a value that only a person can provide is requested once", () => {
  test("receivers of alerts", () => {
    expect(allProblemsOf({ [FILE]: cluster() })).toEqual([expect.stringContaining(`warning: ${RECEIVERS}`)]);
  });

  test("receivers of alerts, on a cluster of the service level production without a platform", () => {
    const own = (addons: string) =>
      allProblemsOf({ [FILE]: cluster({ rest: `${DOMAIN}  addons: { platform: none, ${addons} }\n` }) });

    expect(own("kube_prometheus_stack_enabled: true")).toEqual([expect.stringContaining(`warning: ${RECEIVERS}`)]);
    expect(own("sla: critical, kube_prometheus_stack: { enabled: true }")).toHaveLength(1);
    expect(own("sla: development, kube_prometheus_stack_enabled: true")).toEqual([]);
  });

  test("no receivers, if values of the chart bring them", () => {
    const own = (values: string) =>
      allProblemsOf({
        [FILE]: cluster({
          rest: `${DOMAIN}  addons: { kube_prometheus_stack: { values: { alertmanager: ${values} } } }\n`,
        }),
      });

    expect(own("{ config: { receivers: [{ name: chat }] } }")).toEqual([]);
    expect(own("{ alertmanagerSpec: { configSecret: receivers } }")).toEqual([]);
    expect(own("{ alertmanagerSpec: { replicas: 3 } }")).toHaveLength(1);
  });

  test("a hosted zone, without which DNS and certificates stay off", () => {
    const own = cluster({ rest: "  addons: { kube_prometheus_stack_enabled: false }\n" });

    expect(allProblemsOf({ [FILE]: own })).toEqual([
      expect.stringContaining(
        "warning: tfvars.cluster.k8s_base_domain: external_dns and cert_manager of platform production stay off, because no domain is set. Set a domain in a hosted zone of account production (eks.example.com), or set external_dns_enabled: false and cert_manager_enabled: false",
      ),
    ]);
    expect(platformOf(own)).toEqual(without("cert_manager", "external_dns", "kube_prometheus_stack"));
  });

  test("nothing for a cluster that has the values", () => {
    const own = cluster({
      rest: "  addons: { kube_prometheus_stack_enabled: false, external_dns_enabled: false, cert_manager_enabled: false }\n",
    });

    expect(allProblemsOf({ [FILE]: own })).toEqual([]);
  });
});

describe("an addon that cannot run stays off", () => {
  const noGroups = (rest: string): string =>
    cluster({ rest: `${DOMAIN}${rest}` }).replace(/ {2}workers:\n(?: {4}.*\n)*/, "");

  test("beside what it conflicts with", () => {
    expect(platformOf(cluster({ rest: `${DOMAIN}  addons: { fluent_bit_enabled: true }\n` }))).toEqual(
      without("alloy"),
    );
  });

  test("in a private network without their images, with one warning", () => {
    const own = cluster({
      rest: `${DOMAIN}  networking: { private: true, nat_gateways: none, subnet_tiers: [private, intra] }\n  addons: { cluster_autoscaler_enabled: false, metrics_server_enabled: false, aws_load_balancer_controller_enabled: false }\n`,
    });

    expect(platformOf(own)).toEqual(["eks_node_monitoring_agent", "snapshot_controller"]);
    expect(
      allProblemsOf({ [FILE]: own }).filter((line) => line.includes("platform production leaves out")),
    ).toHaveLength(1);
  });

  test("an addon that Auto Mode includes", () => {
    const own = noGroups("").replace(
      DOMAIN,
      "  cluster: { k8s_base_domain: a.eks.example.com, auto_mode: { enabled: true, node_pools: [general-purpose] } }\n  addons: { coredns_enabled: false, aws_ebs_csi_driver_enabled: false, cluster_autoscaler_enabled: false, aws_load_balancer_controller_enabled: false, metrics_server_enabled: false }\n",
    );

    expect(platformOf(own)).toEqual(without("eks_node_monitoring_agent", "velero"));
    expect(allProblemsOf({ [FILE]: own })).toEqual([
      expect.stringContaining("platform production leaves out velero: ebs_snapshots requires volumes"),
      expect.stringContaining(RECEIVERS),
      expect.stringContaining(
        "kube_prometheus_stack.options.volume_gib: has no effect because nothing provides volumes",
      ),
      expect.stringContaining("loki.options.volume_gib: has no effect because nothing provides volumes"),
    ]);
  });

  test("a self-managed group gets no node repair", () => {
    const own = cluster().replace("- name: general\n", "- name: general\n      kind: self_managed\n");

    expect(allProblemsOf({ [FILE]: own })).toEqual([expect.stringContaining(RECEIVERS)]);
  });

  test("and an error of the cluster itself is still reported alone", () => {
    const own = cluster({ rest: "  cluster: { k8s_base_domain: a.eks.example.com, endpoint_public_access: true }\n" });
    const errors = allProblemsOf({ [FILE]: own }).filter((line) => !line.includes(" warning: "));

    expect(errors).toEqual(
      allProblemsOf({ [FILE]: own.replace("2026.12", "2026.11") }).filter((line) => !line.includes(" warning: ")),
    );
    expect(errors).toHaveLength(1);
  });
});

test("an explicit switch wins, and its errors are reported", () => {
  expect(allProblemsOf({ [FILE]: cluster({ rest: "  addons: { external_dns_enabled: true }\n" }) })).toContainEqual(
    expect.stringContaining("tfvars.cluster.k8s_base_domain: must be set, because external_dns writes DNS records"),
  );
});

test("a platform that the release does not have is refused, and by a release without platforms ignored", () => {
  const own = (release: string): string =>
    cluster({ meta: meta(release, "production"), rest: `${DOMAIN}  addons: { platform: prod }\n` });

  expect(allProblemsOf({ [FILE]: own("2026.12") })).toEqual([
    expect.stringContaining(
      'tfvars.addons.platform: release 2026.12 has no platform "prod". Its platforms: production, staging, development, none',
    ),
  ]);
  expect(allProblemsOf({ [FILE]: own("2026.11") })).toEqual([]);
});

test("a mistake in a platform of a release is reported, even if no cluster has it", () => {
  const release = readFileSync("definitions/releases/2026.12.yaml", "utf8");
  const files = {
    "releases/ours.yaml": release.replace("loki_enabled: true", "lokki_enabled: true"),
    [FILE]: cluster({ meta: meta("2026.11", "production") }),
  };

  expect(allProblemsOf(files)).toEqual([
    expect.stringMatching(/^releases\/ours.yaml:\d+:9 .*unknown key "lokki_enabled". Did you mean "loki_enabled"\?$/),
  ]);
});

test("a value of a channel that YAML reads as a number is refused, as in a cluster's file", () => {
  const values = "addons: { loki: { values: { loki: { image: { tag: 1.30 } } } } }";
  const files = { [FILE]: cluster(), "channels.yaml": `stable: { release: "2026.12", tfvars: { ${values} } }\n` };

  expect(allProblemsOf(files).filter((problem) => problem.startsWith("channels.yaml"))).toEqual([
    expect.stringMatching(/^channels\.yaml:1:\d+ .*loki\.values\.loki\.image\.tag: .*1\.30/),
  ]);
});
