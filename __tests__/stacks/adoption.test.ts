import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { fleetOf, SMALLEST } from "../support/definitions";

test("addresses that a stack does not have are reported all at once, and are no defect of the program", () => {
  const files = {
    "clusters/a.example.com.yaml": SMALLEST,
    "adopted/a.example.com.yaml": `networking:
  aws_vpc.network_39EEAA37: { id: vpc-0123456789abcdef0 }
eks-cluster:
  aws_sqs_queue.other: { keep: [name] }
`,
  };
  const [cluster] = fleetOf(files).clusters;
  if (cluster === undefined) throw new Error("no cluster");

  expect(() => synthesizeCluster(cluster, "unused")).toThrow(
    /^adopted\/a\.example\.com\.yaml networking\.aws_vpc\.network_39EEAA37: the stack has no such resource\. Did you mean "aws_vpc\.network_39EEAA36"\?\nadopted\/a\.example\.com\.yaml eks-cluster\.aws_sqs_queue\.other: the stack has no such resource\. Remove the entry, or restore the setting that created it$/,
  );
});
