import { driftIssue, driftMarker, hasDrift, isCompared } from "../../../operations/ci/drift-issue";
import type { ClusterDrift, DriftFinding } from "../../../operations/drift/report";

const finding = (address: string): DriftFinding => ({
  address,
  kind: "changed",
  attributes: ["tags.team"],
  reverts: true,
  lines: [{ path: "tfvars.common.tags", file: "definitions/clusters/a.yaml", line: 7 }],
});
const drift = (...found: DriftFinding[]): ClusterDrift => ({
  cluster: "a.example.com",
  stacks: [
    {
      stack: "networking",
      deployed: true,
      found,
      folded: [{ type: "aws_vpc", attribute: "ipv6", resources: 3 }],
      error: null,
    },
  ],
});

test("a difference keeps the day on which it was seen first", () => {
  const first = driftIssue(drift(finding("aws_vpc.a")), undefined, "2026-11-01");
  const second = driftIssue(drift(finding("aws_vpc.a"), finding("aws_vpc.b")), first.body, "2026-11-30");

  expect(second.body.match(/^\| \d.*$/gm)).toEqual([
    "| 2026-11-01 | networking | `aws_vpc.a` | changed: `tags.team` | `definitions/clusters/a.yaml:7 tfvars.common.tags` |",
    "| 2026-11-30 | networking | `aws_vpc.b` | changed: `tags.team` | `definitions/clusters/a.yaml:7 tfvars.common.tags` |",
  ]);
  expect(second.body.startsWith(driftMarker("a.example.com"))).toBe(true);
});

test("the same differences on a later day give the same issue", () => {
  const first = driftIssue(drift(finding('aws_vpc.a["x|y"]')), undefined, "2026-11-01");

  expect(driftIssue(drift(finding('aws_vpc.a["x|y"]')), first.body, "2026-11-30")).toEqual(first);
});

test("a thousand differences fit into an issue", () => {
  const found = Array.from({ length: 1000 }, (_, index) => finding(`aws_subnet.s${index}`));

  expect(driftIssue(drift(...found), undefined, "2026-11-01").body.length).toBeLessThan(60_100);
});

test("differences without meaning are no drift, and a stack that was not compared does not prove that there is none", () => {
  const { stacks } = drift();
  const failed = {
    cluster: "a.example.com",
    stacks: [...stacks, { ...stacks[0], error: "no access" }],
  } as ClusterDrift;

  expect([hasDrift(drift()), isCompared(drift()), isCompared(failed)]).toEqual([false, true, false]);
});
