import { problemsOf, SMALLEST } from "../../../support/definitions";

test("accepts a cluster without nodes where no addon has to run", () => {
  const addons = [
    "coredns",
    "aws_ebs_csi_driver",
    "metrics_server",
    "cluster_autoscaler",
    "aws_load_balancer_controller",
  ];
  const off = addons.map((addon) => `    ${addon}_enabled: false\n`).join("");
  const yaml = `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  addons:\n${off}`;

  expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([]);
});
