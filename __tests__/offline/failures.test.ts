import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseFailures } from "../../offline/provider/failures";
import { type Cloud, startCloud } from "./support/cloud";
import { VERSIONS } from "./support/program";

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud([], { types: ["aws_vpc", "data.aws_region"] });
});

afterAll(() => cloud.remove());

describe("failures on demand", () => {
  const vpcs = {
    terraform: { required_providers: { aws: VERSIONS.aws } },
    provider: { aws: [{ region: "eu-west-1" }] },
    data: { aws_region: { here: {} } },
    resource: { aws_vpc: { v: { cidr_block: "10.9.0.0/16" } } },
  };
  const told = (failure: object) => ({ OFFLINE_FAILURES: JSON.stringify(failure) });

  test("are in a file that changes while the servers run, and affect the named call only", async () => {
    const failuresFile = join(cloud.path, "failures.json");
    const other = await startCloud([vpcs], { failuresFile });
    try {
      expect(existsSync(failuresFile)).toBe(false);
      writeFileSync(
        failuresFile,
        JSON.stringify([{ type: "aws_v*", operation: "create", nth: 1, message: "VpcLimitExceeded" }]),
      );
      const terraform = other.stack("vpc", vpcs);
      await terraform.init();

      await expect(terraform.apply()).rejects.toThrow("VpcLimitExceeded");
      expect(other.store.objects()).toEqual([]);
      await terraform.apply();
      expect(other.store.objects("aws_vpc")).toHaveLength(1);
      writeFileSync(failuresFile, JSON.stringify({ operation: "reed" }));
      await expect(terraform.plan()).rejects.toThrow('"reed" is not an operation');
    } finally {
      await other.remove();
    }
  });

  test.each([
    [{ nth: "1" }, 'nth must be a number, got "1"'],
    [{ nth: 0 }, "nth must be a number, got 0"],
    [{ type: ["aws_vpc"] }, 'type must be text, got ["aws_vpc"]'],
    [{ provider: "gcp" }, '"gcp" is not a provider'],
    [{ typ: "aws_vpc" }, "a failure has the unknown member typ"],
    [null, "a failure must be an object"],
  ])("refuses a failure that no call can match: %j", (failure, message) => {
    expect(() => parseFailures(JSON.stringify([failure]), "failures.json")).toThrow(message);
  });

  test.each(["validate", "configure", "plan", "create", "data"])(
    "fail %s, with no trace of the program",
    async (operation) => {
      process.env["OFFLINE_FAILURES"] = told({ operation, provider: "aws", message: "Throttling" }).OFFLINE_FAILURES;
      try {
        const error = await cloud.applied(`fails-${operation}`, vpcs).catch((reason: Error) => reason);

        expect(error).toBeInstanceOf(Error);
        expect(String((error as Error).message)).toContain("Throttling");
        expect(String((error as Error).message)).not.toMatch(/\.ts:\d+|\bat .*\(/);
      } finally {
        delete process.env["OFFLINE_FAILURES"];
      }
    },
  );

  test("reports an error of the program itself in one line without a stack", async () => {
    const spoilt = await startCloud([vpcs]);
    try {
      const terraform = await spoilt.applied("vpc", vpcs);
      const { scope, type, key } = spoilt.store.only("aws_vpc").place;
      const file = join(spoilt.store.directory, "objects", ...scope, type, `${key}.json`);
      writeFileSync(file, "{");

      const error = await terraform.plan().catch((reason: Error) => reason);

      expect(String(error)).toContain("The offline provider failed in ReadResource of aws_vpc");
      expect(String(error)).not.toMatch(/\.ts:\d+|\.js:\d+|\bat .*\(/);
    } finally {
      await spoilt.remove();
    }
  });

  test("leave the object unchanged if a delete or update fails", async () => {
    const failing = await startCloud([vpcs], {
      failures: [
        { operation: "update", name: "vpc-*", message: "UpdateRefused" },
        { operation: "delete", provider: "aws", nth: 1, message: "DependencyViolation" },
      ],
    });
    try {
      await failing.applied("vpc", vpcs);
      const renamed = { ...vpcs, resource: { aws_vpc: { v: { cidr_block: "10.9.0.0/16", tags: { Name: "v" } } } } };

      await expect(failing.stack("vpc", renamed).apply()).rejects.toThrow("UpdateRefused");
      await expect(failing.stack("vpc", vpcs).destroy()).rejects.toThrow("DependencyViolation");
      expect(failing.store.only("aws_vpc").state["tags"]).toBeNull();
      await failing.stack("vpc", vpcs).destroy();
      expect(failing.store.objects()).toEqual([]);
    } finally {
      await failing.remove();
    }
  });
});
