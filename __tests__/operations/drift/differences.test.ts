import { driftOf } from "../../../operations/drift/differences";

const change = (address: string, actions: string[], before: unknown, after: unknown) => ({
  address,
  type: address.split(".")[0],
  mode: "managed",
  change: { actions, before, after },
});
const plan = (resource_drift: object[], resource_changes: object[] = []) => ({
  format_version: "1.2",
  resource_drift,
  resource_changes,
});

test("a tag that somebody changed is named with its attribute, without its value", () => {
  const { found } = driftOf(
    plan(
      [change("aws_vpc.a", ["update"], { tags: { team: "x" } }, { tags: { team: "secret" } })],
      [change("aws_vpc.a", ["update"], { tags: { team: "secret" } }, { tags: { team: "x" } })],
    ),
  );

  expect(found).toEqual([
    { address: "aws_vpc.a", kind: "changed", attributes: ["tags.team"], reverts: true, lines: [] },
  ]);
  expect(JSON.stringify(found)).not.toContain("secret");
});

test("a resource that vanished is not reported as a creation", () => {
  const { found } = driftOf(
    plan(
      [change("aws_kms_key.a", ["delete"], { id: 1 }, null)],
      [change("aws_kms_key.a", ["create"], null, { id: 2 })],
    ),
  );

  expect(found).toEqual([{ address: "aws_kms_key.a", kind: "vanished", attributes: [], reverts: true, lines: [] }]);
});

test("null in place of an empty list, which a new provider brings, is counted and not listed", () => {
  const noise = (name: string) => change(`aws_subnet.${name}`, ["update"], { ipv6: null }, { ipv6: [] });

  expect(driftOf(plan([noise("a"), noise("b")]))).toEqual({
    found: [],
    folded: [{ type: "aws_subnet", attribute: "ipv6", resources: 2 }],
  });
});

test("an empty value that the next deploy would change back is listed", () => {
  const drifted = change("aws_s3_bucket.a", ["update"], { versioning: true }, { versioning: null });
  const planned = change("aws_s3_bucket.a", ["update"], { versioning: null }, { versioning: true });

  expect(driftOf(plan([drifted], [planned])).found).toHaveLength(1);
});

test("a change that the state does not have is one that was never deployed", () => {
  const { found } = driftOf(plan([], [change("aws_vpc.a", ["update"], { cidr: "1" }, { cidr: "2" })]));

  expect(found).toEqual([{ address: "aws_vpc.a", kind: "unexpected", attributes: ["cidr"], reverts: true, lines: [] }]);
});

test("resources without a change, and data that is only read, are no drift", () => {
  const read = { ...change("data.aws_ami.a", ["read"], null, {}), mode: "data" };

  expect(driftOf(plan([], [change("aws_vpc.a", ["no-op"], {}, {}), read]))).toEqual({ found: [], folded: [] });
});
