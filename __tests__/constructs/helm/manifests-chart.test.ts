import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeCluster } from "../../../synth/synthesize-cluster";
import { clusterWith } from "../addons/support";

const out = mkdtempSync(join(tmpdir(), "manifests-chart-"));
afterAll(() => rmSync(out, { recursive: true }));

function synthesized(addon: "aws_ebs_csi_driver" | "metrics_server") {
  synthesizeCluster(clusterWith([addon]), out);
  const stack = join(out, "stacks", "reference-eks-example-com-addons");
  return { stack, json: JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8")) };
}

test("a stack without objects contains no chart", () => {
  expect(readdirSync(synthesized("metrics_server").stack)).toEqual(["cdk.tf.json"]);
});

test("the chart is beside the stack that uses it, complete, at the path of its release", () => {
  const { json, stack } = synthesized("aws_ebs_csi_driver");
  const [{ chart }] = Object.values(json.resource.helm_release) as [{ chart: string }];

  for (const file of ["Chart.yaml", "values.yaml", "templates/manifests.yaml"]) {
    expect(readFileSync(join(stack, chart, file), "utf8")).toBe(
      readFileSync(join("constructs/helm/charts/manifests", file), "utf8"),
    );
  }
});
