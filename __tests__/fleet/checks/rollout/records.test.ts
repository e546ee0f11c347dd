import { account, definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const ROLLOUTS = (records: string): string => `records: ${records}
records_region: eu-west-1
waves: [{ name: all, soak: 24h, healthy: [nodes] }]
health_checks: { nodes: { check: nodes, timeout: 5m } }
`;
const OWN = account({ own: "bootstrap: {}" });
const [, BUCKET = ""] = /bucket: ([\w-]+)/.exec(OWN) ?? [];

test("records at the top of an account's state bucket are refused where they are named", () => {
  const files = {
    "accounts/mine.yaml": OWN,
    "clusters/a.example.com.yaml": definition({ meta: "ACCOUNT: mine" }),
    "rollouts.yaml": ROLLOUTS(`s3://${BUCKET}`),
  };

  expect(problemsOf(files)).toContain(
    `rollouts.yaml:1:10 records: must name a folder for records alone, such as s3://${BUCKET}/rollouts, got "s3://${BUCKET}": the bucket has the Terraform states of account mine, which the roles of other accounts could change`,
  );
});
