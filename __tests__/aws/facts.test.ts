import { readdirSync, readFileSync } from "node:fs";
import YAML from "yaml";
import { ADDON_CONFIGURATIONS } from "../../aws/addon-configuration";
import { AMI_IMAGES, AMI_TYPES, DEVICES, OPERATING_SYSTEMS, RETIRED_AMI_TYPES } from "../../aws/ami";
import { AWS_SERVICES } from "../../aws/aws-services";
import efa from "../../aws/data/efa.json";
import instances from "../../aws/data/instance-types.json";
import neuron from "../../aws/data/neuron.json";
import { mostAdapters } from "../../aws/efa";
import { acceleratorOf, instanceLimits, instanceTypes, isKnownFamily } from "../../aws/instance-types";
import { OBJECTS_SOURCE } from "../../aws/kubernetes-objects";
import { neuronChips } from "../../aws/neuron";

const files = readdirSync("aws/data");
const inOrder = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

test.each(files)("%s names its source and its date", (file) => {
  const { source, date } = JSON.parse(readFileSync(`aws/data/${file}`, "utf8"));
  expect(source).toMatch(/\w{3}/);
  expect(date).toMatch(/^20\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/);
});

test("the README says how to refresh each data file", () => {
  const readme = readFileSync("aws/README.md", "utf8");
  expect(files.filter((file) => !readme.includes(`data/${file}`))).toEqual([]);
});

test("the fields of objects are those of the newest supported Kubernetes version", () => {
  const versions = Object.keys(YAML.parse(readFileSync("definitions/kubernetes-support.yaml", "utf8")));

  expect(/ v(1\.\d+)\./.exec(OBJECTS_SOURCE.source)?.[1]).toBe(
    versions.sort((a, b) => Number(a.slice(2)) - Number(b.slice(2))).at(-1),
  );
});

describe("instance types", () => {
  test("each type has at least 1 interface, and 2 addresses for each interface", () => {
    const wrong = instanceTypes().filter((type) => {
      const { interfaces = 0, addresses = 0 } = instanceLimits(type) ?? {};
      return !Number.isInteger(interfaces) || !Number.isInteger(addresses) || interfaces < 1 || addresses < 2;
    });
    expect(wrong).toEqual([]);
  });

  test("families are in order, and no size is there twice", () => {
    expect(Object.keys(instances.limits)).toEqual(inOrder(Object.keys(instances.limits)));
    const sizes = Object.values(instances.limits).flatMap((text) => text.split(" ").length);
    expect(sizes.reduce((sum, each) => sum + each)).toBe(instanceTypes().length);
  });

  test("the families of the Xen hypervisor are in the list", () => {
    const families = instances.xen.split(" ");
    expect(families).toEqual(inOrder(families));
    expect(families.filter((family) => !isKnownFamily(family))).toEqual([]);
  });

  test("types with adapters or chips are in the list, and their numbers are positive", () => {
    const numbers = Object.entries({ ...efa.cards, ...neuron.chips });
    expect(numbers.filter(([type, many]) => instanceLimits(type) === undefined || many < 1)).toEqual([]);
  });

  test("only Neuron types have Neuron chips", () => {
    expect(Object.keys(neuron.chips).filter((type) => acceleratorOf(type) !== "neuron")).toEqual([]);
    expect([neuronChips("trn1.32xlarge"), neuronChips("m6i.large"), neuronChips("toString")]).toEqual([
      16,
      undefined,
      undefined,
    ]);
  });

  test("a type in the list of types has the adapters of its list or none, and of others nothing is known", () => {
    expect(
      ["m6i.large", "p5.48xlarge", "m6i.xlarge", "p4d.24xlarge", "f1.2xlarge", "toString"].map(mostAdapters),
    ).toEqual([0, 32, 0, 4, undefined, undefined]);
  });
});

describe("images", () => {
  test("the name of each image says its system, architecture and accelerator", () => {
    const wrong = Object.entries(AMI_IMAGES).filter(([name, { operating_system, architecture, accelerator }]) => {
      const arm = name.includes("ARM_64");
      const driver = ["nvidia", "neuron"].find((each) => name.endsWith(each.toUpperCase())) ?? "none";
      return !name.startsWith(operating_system) || arm !== (architecture === "arm64") || driver !== accelerator;
    });
    expect(wrong).toEqual([]);
  });

  test("only Windows has no variant", () => {
    const without = Object.entries(AMI_IMAGES).filter(([, { variant }]) => variant === null);
    expect(without.map(([name]) => name)).toEqual(AMI_TYPES.filter((name) => name.startsWith("WINDOWS")));
  });

  test("an image that is retired is not offered, and its successor is", () => {
    expect([...RETIRED_AMI_TYPES.keys()].filter((name) => Object.hasOwn(AMI_IMAGES, name))).toEqual([]);
    expect([...RETIRED_AMI_TYPES.values()].filter((name) => !Object.hasOwn(AMI_IMAGES, name))).toEqual([]);
  });

  test("each operating system has its devices", () => {
    expect(Object.keys(DEVICES)).toEqual([...OPERATING_SYSTEMS]);
  });
});

test.each(Object.entries(ADDON_CONFIGURATIONS))("the keys of %s are in order, each once", (_, { keys }) => {
  expect(keys).toEqual(inOrder(keys));
});

test("services are in order, each once", () => {
  expect(AWS_SERVICES).toEqual(inOrder(AWS_SERVICES));
});
