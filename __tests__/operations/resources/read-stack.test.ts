import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStack, stackContent, stackFile, stacksIn } from "../../../operations/resources/read-stack";
import { scratch } from "../../support/run-program";

test("separates a resource's arguments from those of Terraform, and drops comments", () => {
  const { resources } = stackContent("s", {
    resource: {
      aws_vpc: {
        network: {
          "//": { metadata: { path: "s/network", uniqueId: "network" } },
          cidr_block: "10.0.0.0/16",
          depends_on: ["aws_eip.nat"],
          lifecycle: { prevent_destroy: true },
        },
      },
    },
  });

  expect(resources).toEqual([
    {
      address: "aws_vpc.network",
      stack: "s",
      mode: "managed",
      type: "aws_vpc",
      name: "network",
      path: "s/network",
      body: { cidr_block: "10.0.0.0/16" },
      meta: { depends_on: ["aws_eip.nat"], lifecycle: { prevent_destroy: true } },
    },
  ]);
});

test("orders managed resources and data by address", () => {
  const { resources } = stackContent("s", {
    resource: { aws_vpc: { b: {}, a: {} }, aws_eip: { z: {} } },
    data: { aws_region: { here: {} } },
  });

  expect(resources.map(({ address }) => address)).toEqual([
    "aws_eip.z",
    "aws_vpc.a",
    "aws_vpc.b",
    "data.aws_region.here",
  ]);
});

test("reads moves, removals and imports", () => {
  const content = stackContent("s", {
    moved: [{ from: "aws_vpc.a", to: "aws_vpc.b" }],
    removed: [
      { from: "aws_s3_bucket.kept", lifecycle: { destroy: false } },
      { from: "aws_s3_bucket.destroyed", lifecycle: [{ destroy: true }] },
      { from: "aws_s3_bucket.default" },
    ],
    import: [{ to: "aws_eip.x", id: "eipalloc-1" }],
  });

  expect({ moved: content.moved, removed: content.removed, imports: content.imports }).toEqual({
    moved: [{ from: "aws_vpc.a", to: "aws_vpc.b" }],
    removed: [
      { from: "aws_s3_bucket.kept", destroy: false },
      { from: "aws_s3_bucket.destroyed", destroy: true },
      { from: "aws_s3_bucket.default", destroy: true },
    ],
    imports: [{ to: "aws_eip.x", id: "eipalloc-1" }],
  });
});

test("reads the backend, providers and outputs", () => {
  const content = stackContent("s", {
    terraform: {
      backend: { s3: { bucket: "state" } },
      required_providers: { aws: { source: "aws", version: "1.0.0" } },
    },
    provider: { aws: [{ region: "us-east-1" }] },
    output: { vpc_id: { value: "${aws_vpc.a.id}" } },
  });

  expect(content).toMatchObject({
    backend: { type: "s3", settings: { bucket: "state" } },
    providers: { aws: [{ region: "us-east-1" }] },
    required_providers: { aws: { source: "aws", version: "1.0.0" } },
    outputs: { vpc_id: { value: "${aws_vpc.a.id}" } },
  });
});

test("lists only folders that contain a stack", () => {
  const { path, remove } = scratch();
  try {
    for (const name of ["b", "a", "empty"]) mkdirSync(join(path, "stacks", name), { recursive: true });
    for (const name of ["b", "a"]) writeFileSync(stackFile(path, name), '{"output":{"x":{"value":1}}}');

    expect(stacksIn(path)).toEqual(["a", "b"]);
    expect(readStack("a", stackFile(path, "a")).outputs).toEqual({ x: { value: 1 } });
  } finally {
    remove();
  }
});
