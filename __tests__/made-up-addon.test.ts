import { readFileSync } from "node:fs";
import { addClusterStacks } from "../stacks/cluster-stacks";
import { fleetOf, problemsOf } from "./support/definitions";
import { synthStacks } from "./support/synth";

// The catalogue line.
jest.mock("../addons/catalogue", () => {
  const { catalogue } = jest.requireActual<typeof import("../addons/catalogue")>("../addons/catalogue");
  const { catFeeder } = jest.requireActual<typeof import("./addons/support/cat-feeder")>("./addons/support/cat-feeder");
  return { catalogue: { ...catalogue, cat_feeder: catFeeder } };
});

/** The release entry: where the chart comes from, and what the addon's section contains by default. */
const RELEASE = readFileSync("definitions/releases/2026.12.yaml", "utf8")
  .replace(
    /^charts:$/m,
    "charts:\n  cat_feeder: { repository: https://example.com, chart: cat-feeder, version: 1.2.3 }",
  )
  .replace(
    /^tfvars:$/m,
    "tfvars:\n  addons: { platform: none, cat_feeder: { enabled: false, options: { bowls: 2, ingress_class: null }, values: {} } }",
  );

const FILE = "clusters/a.example.com.yaml";
const filesOf = (tfvars: string) => ({
  "releases/cats.yaml": RELEASE,
  [FILE]: `meta: { CLUSTER_NAME: a.example.com, RELEASE_MODEL: cats }
tfvars:
  common: { aws_region: us-east-1 }
  workers: [{ name: general }]
${tfvars}`,
});
const problems = (tfvars: string) => problemsOf(filesOf(tfvars)).map((line) => line.replace(/^\S+ /, ""));

describe("an addon that only has a file, a catalogue line and a release entry", () => {
  test("is off by default, and not installed", () => {
    const [cluster] = fleetOf(filesOf("")).clusters;

    expect(cluster?.tfvars.addons).toMatchObject({ cat_feeder: { enabled: false } });
  });

  test("is installed with its chart, role, permissions, namespace, policy and dashboard", () => {
    const [cluster] = fleetOf(
      filesOf(`  cluster: { feed_cats: true, vpc_cni: { network_policy: true } }
  addons: { network_policies_enabled: true, kube_prometheus_stack_enabled: true, cat_feeder: { options: { bowls: 3 } } }
`),
    ).clusters;
    if (cluster === undefined) throw new Error("the fleet has no cluster");
    const { addons } = synthStacks((scope) => ({ ...addClusterStacks(scope, cluster) }));
    const text = JSON.stringify(addons.all());

    expect(addons.addresses().filter((address) => address.includes("cat_feeder")).length).toBeGreaterThan(4);
    for (const part of ["cat-feeder", "arn:aws:s3:::cat-food/*", "platform-cat-feeder-dashboard", "8443"])
      expect(text).toContain(part);
  });

  test.each([
    ["its own check", "addons: { cat_feeder: { enabled: true, options: { bowls: 10 } } }", "must be at most 9"],
    ["what it requires", "addons: { cat_feeder_enabled: true, coredns_enabled: false }", "coredns"],
    ["what it conflicts with", "addons: { cat_feeder_enabled: true, reloader_enabled: true }", "reloader"],
    [
      "an API that another addon serves",
      "addons: { cat_feeder_enabled: true, keda_enabled: true }",
      "external.metrics",
    ],
    [
      "a class that nothing serves",
      "addons: { cat_feeder: { enabled: true, options: { ingress_class: traefik } } }",
      "nothing serves the class traefik",
    ],
    [
      "an EKS add-on that installs it too",
      "addons: { cat_feeder_enabled: true }\n  cluster: { extra_eks_addons: [{ name: cat-snacks, version: v1.0.0-eksbuild.1, before_nodes: false }] }",
      "installs the same as the chart of addons.cat_feeder",
    ],
    [
      "an extra chart that installs it too",
      "addons: { cat_feeder_enabled: true }\n  extra_charts: [{ name: fountain, namespace: cats-too, chart: cat-fountain, repository: https://example.com, version: 1.0.0 }]",
      "installs the same as the addon cat_feeder",
    ],
  ])("is held to %s", (_what, tfvars, message) => {
    expect(problems(`  ${tfvars}\n`)).toEqual([expect.stringContaining(message)]);
  });
});
