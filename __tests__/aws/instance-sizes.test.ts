import sizes from "../../aws/data/instance-sizes.json";
import { memoryOf, roomOf } from "../../aws/instance-sizes";
import { instanceTypes } from "../../aws/instance-types";

/** CPU of Karpenter's reference of instance types, 1.14, whose memory is 7.5 % less before the reservations. */
test.each([
  ["m6i.large", 29, 1930, 8192 - 255 - 319 - 100],
  ["a1.medium", 8, 940, 2048 - 255 - 88 - 100],
  ["a1.4xlarge", 234, 15_890, 32_768 - 255 - 2574 - 100],
])("a %s with %d pods has room for requests of %d millicores and %d MiB", (type, pods, cpu, memory_mib) => {
  expect(roomOf(type, pods)).toEqual({ cpu, memory_mib });
});

test.each(["m99.large", "m6i.huge", "m6i", "m6i.", "toString.large", ""])("%s is not in the list", (type) => {
  expect([roomOf(type, 29), memoryOf(type)]).toEqual([undefined, undefined]);
});

test("each size has a type in the list of network interfaces, and at least 1 vCPU and 512 MiB", () => {
  const known = new Set(instanceTypes());
  const wrong = Object.entries(sizes.sizes).flatMap(([family, text]) =>
    text.split(" ").filter((each) => {
      const [, size = "", cpus, mib] = /^([a-z0-9-]+):(\d+)x(\d+)$/.exec(each) ?? [];
      return !known.has(`${family}.${size}`) || Number(cpus) < 1 || Number(mib) < 512;
    }),
  );
  expect(wrong).toEqual([]);
});
