import { definition, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const OFF = "aws_ebs_csi_driver_enabled: false";
const stack = (options: string): string => `kube_prometheus_stack: { enabled: true, options: { ${options} } }`;
const loses = (place: string, addon: string, what: string, remedy = "aws_ebs_csi_driver_enabled: true"): string =>
  `${place} warning: tfvars.addons.${addon}.options.volume_gib: has no effect because nothing provides volumes, so ${addon} loses ${what} whenever its pod moves. To fix this, set ${remedy}`;

testReports({
  "warns of metrics without volumes": {
    addons: `kube_prometheus_stack_enabled: true\n${OFF}`,
    reports: [loses("9:5", "kube_prometheus_stack", "all its metrics")],
  },
  "warns of logs without volumes": {
    addons: `loki_enabled: true\nalloy_enabled: true\n${OFF}`,
    reports: [loses("9:5", "loki", "logs that are not in S3 yet")],
  },
  "warns of traces without volumes": {
    addons: `tempo: { enabled: true, options: { volume_gib: 9 } }\n${OFF}`,
    reports: [loses("9:52", "tempo", "traces that are not in S3 yet")],
  },
  "accepts metrics with volumes": { addons: "kube_prometheus_stack_enabled: true", reports: [] },
  "accepts metrics that are also written elsewhere": {
    addons: `${stack("remote_write: [{ name: a, url: 'https://example.com' }]")}\n${OFF}`,
    reports: [],
  },
  "accepts metrics that Thanos also keeps": { addons: `${stack("thanos: { enabled: true }")}\n${OFF}`, reports: [] },
});

test("accepts metrics without volumes if all nodes are outside of AWS", () => {
  const yaml = definition({
    cluster: "remote_networks: { node_cidrs: [10.61.0.0/16] }",
    addons: `kube_prometheus_stack_enabled: true\n${OFF}`,
  }).replace("workers:\n    - name: general\n", "workers: []\n");

  expect(problemsOf({ "clusters/a.example.com.yaml": yaml }).filter((line) => line.includes("volume_gib"))).toEqual([]);
});
