import { problemsOf } from "../../support/definitions";

const CLUSTER = `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
`;

const said = (lines: string) => problemsOf({ "clusters/a.example.com.yaml": `${CLUSTER}${lines}` });

describe("a cluster without nodes", () => {
  test("needs a profile that takes CoreDNS", () => {
    const off = ["aws_ebs_csi_driver", "cluster_autoscaler", "metrics_server", "aws_load_balancer_controller"];
    const switches = off.map((addon) => `    ${addon}_enabled: false\n`).join("");
    const profile = (selector: string) =>
      `  workers: []\n  fargate_profiles:\n    - name: all\n      selectors: [${selector}]\n  addons:\n${switches}`;

    expect(said(profile("{ namespace: default }"))).toEqual([
      "clusters/a.example.com.yaml:6:12 tfvars.workers: has no group, so nothing can run: add one, at least `- name: general`; or let a Fargate profile take CoreDNS (namespace kube-system, label k8s-app: kube-dns)",
    ]);
    expect(said(profile("{ namespace: kube-system, labels: { k8s-app: kube-dns } }"))).toEqual([]);
  });
});

describe("profiles", () => {
  test("by selectors that EKS takes", () => {
    expect(
      said(`  workers:
    - name: general
  fargate_profiles:
    - name: web
      selectors:
        - { namespace: Web }
    - name: none
      selectors: []
`),
    ).toEqual([
      'clusters/a.example.com.yaml:11:24 tfvars.fargate_profiles[web].selectors[0].namespace: must be a namespace, or several such as team-*, got "Web"',
      "clusters/a.example.com.yaml:13:18 tfvars.fargate_profiles[none].selectors: must have at least 1 item, got none",
    ]);
  });

  test("in zones that there are", () => {
    expect(
      said(`  workers:
    - name: general
  fargate_profiles:
    - name: web
      selectors: [{ namespace: web }]
      availability_zones: [us-east-1a, us-east-1z, us-east-1a]
`),
    ).toEqual([
      'clusters/a.example.com.yaml:11:40 tfvars.fargate_profiles[web].availability_zones[1]: "us-east-1z" is not a zone of the cluster\'s network, did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
      "clusters/a.example.com.yaml:11:52 tfvars.fargate_profiles[web].availability_zones[2]: names us-east-1a twice: name each zone once",
    ]);
  });
});
