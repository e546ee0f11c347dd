import {
  acceleratorOf,
  architectureOf,
  hasInstanceStore,
  instanceLimits,
  isKnownFamily,
  mostVcpus,
  takesPrefixes,
  vcpus,
} from "../../aws/instance-types";

test.each([
  ["m6i.large", { interfaces: 3, addresses: 10 }],
  ["t3.small", { interfaces: 3, addresses: 4 }],
  ["c8i-flex.16xlarge", { interfaces: 16, addresses: 64 }],
  ["m8i.metal-48xl", { interfaces: 24, addresses: 64 }],
  ["p5.48xlarge", { interfaces: 2, addresses: 50 }],
  ["m6i.larg", undefined],
  ["m6i", undefined],
  ["toString.large", undefined],
])("the interfaces and addresses of %s are %p", (type, limits) => {
  expect(instanceLimits(type)).toEqual(limits);
});

test("a family is known by its whole name", () => {
  expect(["m6i", "m6", "toString"].map(isKnownFamily)).toEqual([true, false, false]);
});

test("families of the Xen hypervisor accept no prefixes", () => {
  expect(["m4.large", "p3.2xlarge", "m5.large", "t3.nano"].map(takesPrefixes)).toEqual([false, false, true, true]);
});

test.each([
  ["t3.nano", 2],
  ["m6i.large", 2],
  ["m6i.xlarge", 4],
  ["m6i.8xlarge", 32],
  ["m7i.metal-24xl", 96],
  ["z1d.metal", 48],
  ["a1.metal", 16],
])("%s has at least %i vCPUs", (type, expected) => {
  expect(vcpus(type)).toBe(expected);
});

test.each([
  ["m6i.xlarge", 4],
  ["t3.nano", 2],
  ["c4.8xlarge", undefined],
  ["m7i.metal-24xl", undefined],
  ["m6i.metal", undefined],
  ["m99.xlarge", undefined],
])("%s has at most %s vCPUs", (type, expected) => {
  expect(mostVcpus(type)).toBe(expected);
});

test.each([
  ["x86_64", ["m6i", "g5", "g4dn", "inf2"]],
  ["arm64", ["m7g", "c7gn", "im4gn", "g5g", "a1", "t4g", "x2gd", "m6gd"]],
])("%s families are recognized by their names", (architecture, families) => {
  expect(families.filter((family) => architectureOf(`${family}.large`) !== architecture)).toEqual([]);
});

test.each([
  ["none", ["m6i", "g4ad", "m7g"]],
  ["nvidia", ["g5", "g5g", "g4dn", "p5", "p6-b200", "gr6"]],
  ["neuron", ["inf2", "trn1n"]],
])("families with accelerator %s are recognized by their names", (accelerator, families) => {
  expect(families.filter((family) => acceleratorOf(`${family}.xlarge`) !== accelerator)).toEqual([]);
});

test.each([
  [true, "m6id m5dn c6gd x2iedn i4i im4gn i7ie d3en g5 g4dn trn1 r8gd hpc6id"],
  [false, "m6i g5g inf2 m7i-flex t3"],
])("disks in the instance (%s) are recognized by their names", (has, families) => {
  expect(families.split(" ").filter((family) => hasInstanceStore(`${family}.large`) !== has)).toEqual([]);
});
