import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { generateFleet } from "../../bench/generated-fleet";
import { loadFleet } from "../../fleet/load";
import { formatProblem } from "../../language/problem";
import { fleetOf, problemsOf, SMALLEST, TODAY, withDefinitions } from "../support/definitions";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const FILE = "clusters/a.example.com.yaml";
const second = (name: string, number: number): string =>
  `${SMALLEST.replace("a.example.com", name)}  networking: { vpc_cidr: 10.${number}.0.0/16 }\n`;

function only(files: Parameters<typeof fleetOf>[0], options?: Parameters<typeof fleetOf>[1]) {
  const { clusters } = fleetOf(files, options);
  const [cluster, ...others] = clusters;
  if (cluster === undefined || others.length > 0) throw new Error(`expected one cluster, got ${clusters.length}`);
  return cluster;
}

describe("the reference cluster", () => {
  const sample = readFileSync(`${SAMPLE_FLEET}/clusters/platform/production.eks.example.com.yaml`, "utf8");
  const cluster = only({ "clusters/platform/production.eks.example.com.yaml": sample });

  test("is resolved from every layer", () => {
    expect(cluster.name).toBe("production.eks.example.com");
    expect(cluster.slug).toBe("production-eks-example-com");
    expect(cluster.meta).toEqual({
      CLUSTER_NAME: "production.eks.example.com",
      CLUSTER_TYPE: "eks",
      RELEASE_MODEL: "stable",
      ACCOUNT: "production",
      TIER: "production",
      OWNER: "platform",
    });
    expect(cluster.account.id).toBe("111111111111");
    expect(cluster.partition).toBe("aws");
    expect(cluster.hosted_zone_id).toBe("Z0111111EXAMPLE");
    expect(cluster.service_level.replicas).toBe(2);
    expect(cluster.subnets.map(({ zone }) => zone)).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
    expect(cluster.tfvars.networking.nat_gateways).toBe("per_zone"); // tier
    expect(cluster.tfvars.cluster.cluster_log_retention_days).toBe(365); // tier
    expect(cluster.tfvars.cluster.enabled_cluster_log_types).toEqual(["audit"]); // its own, instead of the defaults'
    expect(cluster.tfvars.cluster.access_entries.map(({ name }) => name)).toEqual(["platform-admin"]); // account
  });

  test("has no shorthands, and groups with their defaults", () => {
    const [worker] = cluster.tfvars.workers;
    expect(cluster.tfvars.workers).toHaveLength(1);
    expect(worker).toMatchObject({
      name: "spotworkers",
      instance_types: ["m5a.xlarge"],
      min_size: 3,
      max_size: 6,
      spot_price: 0.1,
      desired_size: null,
      root_volume: { size_gib: 80, iops: 3000, throughput_mib: 125 },
    });
    expect(Object.keys(worker ?? {})).not.toContain("instance_type");
    const { addons } = cluster.tfvars;
    expect(
      [addons.nodelocal_dns, addons.headlamp, addons.vertical_pod_autoscaler].map(({ enabled }) => enabled),
    ).toEqual([true, false, true]);
  });

  test("has only the pins of its release that it uses", () => {
    expect(cluster.release.name).toBe("2026.10");
    expect(cluster.release.kubernetes.ami_release_version).toMatch(/^1\.35\./);
    expect(Object.keys(cluster.release.charts)).toContain("vertical_pod_autoscaler");
    expect(Object.keys(cluster.release.charts)).not.toContain("headlamp");
  });

  test("is plain data, which can be sent to another process", () => {
    expect(structuredClone(cluster)).toEqual(cluster);
    expect(JSON.parse(JSON.stringify(cluster))).toEqual(cluster);
  });
});

test("every sample loads, and only what two of them do on purpose is warned about", () => {
  const fleet = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: TODAY });
  expect(fleet.clusters.map(({ name }) => name)).toContain("tools.eks.example.com");
  expect(fleet.warnings.map(formatProblem)).toEqual([
    `${SAMPLE_FLEET}/clusters/data/ml.eks.example.com.yaml:89:17 warning: tfvars.workers[inference].ami_type: pods get no Neuron device, because nothing offers those of these nodes to them. Add a device plugin to extra_charts, such as the chart neuron-helm-chart of oci://public.ecr.aws/neuron`,
    `${SAMPLE_FLEET}/clusters/platform/production.eks.example.com.yaml:25:19 warning: tfvars.workers[spotworkers].spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true`,
  ]);
});

test("the program's own directory is itself by any path", () => {
  const work = scratch();
  generateFleet(work.path, 1);
  const load = (shipped: string) => loadFleet({ directory: work.path, shipped, today: TODAY }).clusters;
  expect(load(relative(".", work.path))).toEqual(load(work.path));
  work.remove();
});

test("an item of a list gets the defaults of its schema", () => {
  const item = "{ name: x, device_name: /dev/sdf, size_gib: 9, delete_on_termination: true }";
  const [worker] = only({
    [FILE]: `${SMALLEST}      data_volumes: [${item}]
      taints: [{ key: late, effect: PreferNoSchedule }]
`,
  }).tfvars.workers;

  expect(worker?.data_volumes).toEqual([
    { name: "x", device_name: "/dev/sdf", size_gib: 9, volume_type: "gp3", delete_on_termination: true },
  ]);
  expect(worker?.taints).toEqual([{ key: "late", value: "", effect: "PreferNoSchedule" }]);
});

describe("layers", () => {
  test("override each other: defaults, release, account, tier, cluster", () => {
    const files = (own: string) => ({
      "releases/r.yaml": `${readFileSync("definitions/releases/2026.10.yaml", "utf8").replace("cluster:", "networking: { flow_logs: { retention_days: 1 } }\n  cluster:")}`,
      "accounts/production.yaml": readFileSync(`${SAMPLE_FLEET}/accounts/production.yaml`, "utf8").replace(
        "tfvars:",
        "tfvars:\n  networking: { flow_logs: { retention_days: 3 } }",
      ),
      "tiers/t.yaml": "tfvars: { networking: { flow_logs: { retention_days: 5 } } }\n",
      "tiers/none.yaml": "tfvars: {}\n",
      [FILE]: own,
    });
    const days = (meta: string, own = "") =>
      only(files(`${SMALLEST.replace("meta:\n", `meta:\n${meta}`)}${own}`)).tfvars.networking.flow_logs.retention_days;
    expect(
      days("  RELEASE_MODEL: r\n  ACCOUNT: sandbox\n  TIER: none\n", "  networking: { vpc_cidr: 10.64.0.0/16 }\n"),
    ).toBe(1);
    expect(days("  RELEASE_MODEL: r\n  TIER: none\n")).toBe(3);
    expect(days("  TIER: t\n")).toBe(5);
    expect(days("  TIER: t\n", "  networking: { flow_logs: { retention_days: 7 } }\n")).toBe(7);
  });

  test("null removes the value of a lower layer", () => {
    const tier = "tfvars: { common: { tags: { a: x, b: y } }, worker_defaults: { labels: { c: z } } }\n";
    const cluster = only({
      "tiers/t.yaml": tier,
      [FILE]: SMALLEST.replace("meta:\n", "meta:\n  TIER: t\n")
        .replace("us-east-1\n", "us-east-1\n    tags: { a: null }\n")
        .replace("general\n", "general\n      labels: { c: null, d: w }\n"),
    });
    expect(cluster.tfvars.common.tags).toEqual({ b: "y" });
    expect(cluster.tfvars.workers[0]?.labels).toEqual({ d: "w" });
  });

  test("lists of named items merge through layers", () => {
    const cluster = only({
      "tiers/t.yaml": "tfvars: { workers: [{ name: general, min_size: 2 }, { name: extra, max_size: 9 }] }\n",
      [FILE]: `${SMALLEST.replace("meta:\n", "meta:\n  TIER: t\n")}      max_size: 7\n`,
    });
    expect(cluster.tfvars.workers.map(({ name, min_size, max_size }) => [name, min_size, max_size])).toEqual([
      ["general", 2, 7],
      ["extra", 1, 9],
    ]);
  });

  test("a directory's own defaults override the shipped ones, and its data files replace them", () => {
    const cluster = only({
      "defaults.yaml":
        "meta: { OWNER: somebody }\ntfvars: { networking: { vpc_cidr: 10.9.0.0/16 } }\nsla_profiles: { production: { replicas: 5 } }\n",
      "channels.yaml": 'stable: "2026.11"\n',
      [FILE]: SMALLEST,
    });
    expect(cluster.meta.OWNER).toBe("somebody");
    expect(cluster.tfvars.networking.vpc_cidr).toBe("10.9.0.0/16");
    expect(cluster.tfvars.networking.availability_zones).toBe(3);
    expect(cluster.service_level).toMatchObject({ replicas: 5, metrics_retention_days: 15 });
    expect(cluster.release.name).toBe("2026.11");
  });

  test("releases are those of the directory and the shipped ones", () => {
    const release = readFileSync("definitions/releases/2026.10.yaml", "utf8");
    const of = (model: string) => ({
      "releases/ours.yaml": release,
      [FILE]: SMALLEST.replace("meta:\n", `meta:\n  RELEASE_MODEL: ${model}\n`),
    });
    expect(only(of("ours")).release.name).toBe("ours");
    expect(only(of('"2026.11"')).release.name).toBe("2026.11");
    expect(only(of("insiders")).release.name).toBe("2026.11");
  });
});

describe("a selection", () => {
  const files = {
    "clusters/x/a.example.com.yaml": SMALLEST,
    "clusters/x/b.example.com.yaml": second("b.example.com", 1),
    "clusters/y/c.example.org.yaml": second("c.example.org", 2),
  };
  test.each([
    ["a.example.com", ["a.example.com"]],
    ["*.example.com", ["a.example.com", "b.example.com"]],
    ["c.example.org, a.*", ["a.example.com", "c.example.org"]],
    ["*", ["a.example.com", "b.example.com", "c.example.org"]],
    ["{a,b}.example.com", ["a.example.com", "b.example.com"]],
    ["a.example.com,a.example.com,", ["a.example.com"]],
  ])("%s", (select, names) => {
    expect(fleetOf(files, { select }).clusters.map(({ name }) => name)).toEqual(names);
  });

  test("reads no other cluster's file", () => {
    const unreadable = { ...files, "clusters/z.yaml": { linkTo: "nowhere" }, "accounts/unused.yaml": "[" };
    expect(problemsOf(unreadable, { select: "a.example.com" })).toEqual([]);
    expect(problemsOf(unreadable)).toHaveLength(2);
  });
});

test("refuses a directory that does not exist, or that is a file", () => {
  const load = (directory: string) => () => loadFleet({ directory, shipped: "definitions", today: TODAY });
  expect(load("nowhere")).toThrow('DEFINITIONS_DIR: directory "nowhere" does not exist');
  expect(load("package.json")).toThrow('DEFINITIONS_DIR: "package.json" is not a directory');
});

test("warnings do not stop loading, and are reported with errors", () => {
  const old = `${SMALLEST}  cluster: { kubernetes_version: "1.34" }\n`;
  const warning = `${FILE}:8:34 warning: tfvars.cluster.kubernetes_version: standard support of Kubernetes 1.34 ends on 2026-12-02, in 1 day. Upgrade to a later minor version`;
  const today = "2026-12-01";
  expect(fleetOf({ [FILE]: old }, { today }).clusters).toHaveLength(1);
  expect(problemsOf({ [FILE]: old }, { today })).toEqual([warning]);
  expect(problemsOf({ [FILE]: old.replace("us-east-1", "us-east-9") }, { today })).toEqual([
    `${FILE}:5:17 tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?`,
    warning,
  ]);
});

test("loading leaves the directory as it was", () => {
  withDefinitions({ [FILE]: SMALLEST }, (directory) => {
    const load = () => loadFleet({ directory, shipped: "definitions", today: TODAY }).clusters;
    expect(load()).toEqual(load());
  });
});
