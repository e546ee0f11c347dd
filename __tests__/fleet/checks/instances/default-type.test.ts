import { problemsOf } from "../../../support/definitions";

test("warns of the default type at the region that does not offer it", () => {
  const file = `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: eu-south-2
  workers:
    - name: general
`;
  expect(problemsOf({ "clusters/a.example.com.yaml": file })).toEqual([
    "clusters/a.example.com.yaml:5:17 warning: tfvars.workers[general].instance_types[0]: eu-south-2 did not offer m6i.large on 2026-08-01. Use another type, unless AWS offers it now",
  ]);
});
