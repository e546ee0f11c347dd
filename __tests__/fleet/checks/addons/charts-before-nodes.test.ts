import { messagesIn, testReports } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";

const chart = (more: string, name = "cilium"): string =>
  `- { name: ${name}, repository: "https://helm.cilium.io", chart: cilium, version: 1.18.2, namespace: kube-system, pod_security: null${more} }`;
const NO_CNI = "vpc_cni: { enabled: false }";
const REFUSED =
  "must be true, because no node becomes Ready without a CNI, and the addons are installed after the nodes. Enable it, or install another CNI with an item of extra_charts or extra_eks_addons that has before_nodes: true";

describe("another CNI and another kube-proxy", () => {
  testReports({
    "are refused if nothing is installed before the nodes": {
      cluster: `${NO_CNI}\nkube_proxy: { enabled: false }`,
      reports: [
        `9:25 tfvars.cluster.vpc_cni.enabled: ${REFUSED}`,
        `10:28 tfvars.cluster.kube_proxy.enabled: ${REFUSED.replaceAll("CNI", "kube-proxy")}`,
      ],
    },
    "are refused if their chart comes with the addons": {
      cluster: NO_CNI,
      extra_charts: chart(""),
      reports: [`9:25 tfvars.cluster.vpc_cni.enabled: ${REFUSED}`],
    },
    "are accepted if a chart comes before the nodes": {
      cluster: `${NO_CNI}\nkube_proxy: { enabled: false }`,
      extra_charts: chart(", before_nodes: true"),
      reports: [],
    },
    "are accepted if an EKS add-on comes before the nodes": {
      cluster: `${NO_CNI}\nextra_eks_addons: [{ name: a_cni, version: v1.0.0-eksbuild.1, before_nodes: true }]`,
      reports: [],
    },
  });

  test("are not required on Fargate alone", () => {
    const yaml = SMALLEST.replace("  workers:\n    - name: general\n", "");
    const rest = `  cluster: { ${NO_CNI} }
  fargate_profiles: [{ name: all, selectors: [{ namespace: "*" }] }]
  addons: { aws_ebs_csi_driver_enabled: false, cluster_autoscaler_enabled: false }
`;

    expect(problemsOf({ "clusters/a.example.com.yaml": `${yaml}${rest}` })).toEqual([]);
  });
});

describe("a chart before the nodes", () => {
  testReports({
    "is refused if it waits for its pods": {
      extra_charts: chart(", before_nodes: true, wait: true"),
      reports: [
        "9:163 tfvars.extra_charts[cilium].wait: requires nodes, which run the chart's pods but are created after the chart. Set wait: false",
      ],
    },
    "is refused in a namespace that does not exist yet": {
      extra_charts: chart(", before_nodes: true").replace("kube-system", "cilium"),
      reports: [
        "9:104 tfvars.extra_charts[cilium].namespace: cilium does not exist before the nodes. Set pod_security, which creates it, or use kube-system",
      ],
    },
    "can create its namespace": {
      extra_charts: chart(", before_nodes: true").replace("kube-system, pod_security: null", "cilium"),
      reports: [],
    },
  });

  test("is refused if it comes after a chart that is installed with the addons", () => {
    const [first, second] = [chart("", "policies"), chart(", before_nodes: true, after: [policies]")];

    expect(messagesIn({ extra_charts: `${first}\n${second}` })).toEqual([
      "tfvars.extra_charts[cilium].before_nodes: installs the chart before the nodes, but policies, which must be there first, is installed after them. Remove it from after, or set before_nodes: true for it too",
    ]);
  });
});
