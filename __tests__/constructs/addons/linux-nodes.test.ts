import { Addons } from "../../../constructs/addons/addons";
import { keptToLinux } from "../../../constructs/addons/linux-nodes";
import { workerOf } from "../../support/cluster";
import { addonsProps } from "../../support/props";
import { synth } from "../../support/synth";
import { ALL, clusterWith } from "./support";

const LINUX = { "kubernetes.io/os": "linux" };
const windows = { operating_systems: ["AL2023", "WINDOWS"] };

test("a workload with tolerations selects Linux beside Windows nodes, and only there", () => {
  const values = {
    replicas: 2,
    tolerations: [],
    webhook: { tolerations: [{ operator: "Exists" }], nodeSelector: { pool: "system" } },
    list: [{ tolerations: [], nodeSelector: { "kubernetes.io/os": "windows" } }, "text"],
    job: { resources: {} },
  };

  expect(keptToLinux(values, windows)).toEqual({
    replicas: 2,
    tolerations: [],
    nodeSelector: LINUX,
    webhook: { tolerations: [{ operator: "Exists" }], nodeSelector: { ...LINUX, pool: "system" } },
    list: [{ tolerations: [], nodeSelector: { "kubernetes.io/os": "windows" } }, "text"],
    job: { resources: {} },
  });
  expect(keptToLinux(values, { operating_systems: ["AL2023"] })).toBe(values);
});

const RUNNERS = [
  {
    name: "linux",
    github_url: "https://github.com/example",
    github_app_secret: "a",
    min_runners: 0,
    max_runners: 1,
    container_mode: "none",
    cpu: "1",
    memory: "1Gi",
  },
] as const;

/** Helm values by release, of every addon there is. */
function releases(ami_type: "AL2023_x86_64_STANDARD" | "WINDOWS_CORE_2022_x86_64") {
  const cluster = clusterWith(ALL, { github_actions_runners: { options: { runner_sets: RUNNERS } } });
  const workers = [workerOf({ name: "general" }), workerOf({ name: "other", ami_type })];
  const props = addonsProps({ ...cluster, tfvars: { ...cluster.tfvars, workers } });
  const tf = synth((scope) => new Addons(scope, "addons", props));
  const blocks = tf.addresses("helm_release").map((address) => tf.only("helm_release", address.split(".")[1] ?? ""));
  return new Map(blocks.map(({ name, values }) => [String(name), (values as string[])[0] ?? ""]));
}

test("no pod of an addon is scheduled on a Windows node", () => {
  const all = [...releases("WINDOWS_CORE_2022_x86_64")].filter(([name]) => !name.endsWith("-manifests"));
  const without = all.filter(([, text]) => !text.includes('"kubernetes.io/os":"linux"')).map(([name]) => name);

  // The DNS cache says so by an affinity, and the charts of five in their templates; the others are objects without pods.
  expect(without.sort()).toEqual([
    "aws-node-termination-handler",
    "karpenter",
    "karpenter-crd",
    "keda",
    "kyverno-policies",
    "nodelocal-dns",
    "secrets-store-csi-driver",
    "secrets-store-csi-driver-provider-aws",
  ]);
});

test("without Windows nodes no value changes", () => {
  expect(releases("AL2023_x86_64_STANDARD").get("metrics-server")).not.toContain("nodeSelector");
});
