import { lockMessage, stateLockOf } from "../../../operations/deploy/state-lock";

const TEXT = `
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error StatusCode: 412
Lock Info:
  ID:        0f4c8a1e-5f0e-3c55-6d2e-4f1d3a0b7c11
  Path:      example-state/a.example.com/networking.tfstate
  Operation: OperationTypeApply
  Who:       runner@ci-7
  Version:   1.11.4
  Created:   2026-11-30 01:15:00.123456789 +0000 UTC
  Info:      

Terraform acquires a state lock to protect the state from being written
`;

test("reads the owner of a lock, also between the bars of a terminal", () => {
  const lock = {
    id: "0f4c8a1e-5f0e-3c55-6d2e-4f1d3a0b7c11",
    who: "runner@ci-7",
    operation: "OperationTypeApply",
    created: "2026-11-30T01:15:00Z",
  };
  expect(stateLockOf(TEXT)).toEqual(lock);
  expect(stateLockOf(TEXT.replace(/^/gm, "│ "))).toEqual(lock);
});

test("another failure is not reported as a lock", () => {
  expect(stateLockOf("Error: Unsupported argument\n  ID: 7")).toBeUndefined();
});

test.each([
  ["2026-11-30T01:15:00Z", "0 minutes"],
  ["2026-11-30T03:14:59Z", "119 minutes"],
  ["2026-11-30T03:15:00Z", "2 hours"],
  ["2026-12-02T01:14:59Z", "47 hours"],
  ["2026-12-02T01:15:00Z", "2 days"],
])("reports at %s that the lock is %s old", (now, age) => {
  const lock = stateLockOf(TEXT);
  expect(lock && lockMessage(lock, new Date(now))).toContain(
    `locked by runner@ci-7 (OperationTypeApply, lock 0f4c8a1e-5f0e-3c55-6d2e-4f1d3a0b7c11), for ${age}.`,
  );
});

test("reports no age that it cannot read", () => {
  const lock = stateLockOf(TEXT.replace(/Created:.*/, "Created: yesterday"));
  expect(lock && lockMessage(lock, new Date())).toMatch(/lock 0f4c8a1e-\S+\)\. If that run is alive/);
});
