import efa from "../../../aws/data/efa.json";
import measures from "../../../aws/data/instance-sizes.json";
import instances from "../../../aws/data/instance-types.json";
import neuron from "../../../aws/data/neuron.json";
import { type InstanceData, withAnswer } from "../../../aws/refresh/instance-types";

const data: InstanceData = {
  limits: { m9: "large:3x10 metal:15x50" },
  sizes: { m9: "large:2x4096" },
  xen: "m1",
  cards: {},
  chips: {},
};

/** One type, in the shape of the API reference. */
function described(InstanceType: string, more: object = {}, network: object = {}): object {
  const NetworkInfo = { MaximumNetworkInterfaces: 4, Ipv4AddressesPerInterface: 15, EfaSupported: false, ...network };
  const measured = { VCpuInfo: { DefaultVCpus: 2 }, MemoryInfo: { SizeInMiB: 8192 } };
  return { InstanceType, CurrentGeneration: true, Hypervisor: "nitro", NetworkInfo, ...measured, ...more };
}
const answer = (...InstanceTypes: object[]): InstanceData => withAnswer(data, { InstanceTypes });

test("puts a new size between smaller and larger ones, and bare metal last", () => {
  const { limits } = answer(described("m9.2xlarge"), described("m9.metal-24xl"), described("m9.nano"));
  expect(limits).toEqual({ m9: "nano:4x15 large:3x10 2xlarge:4x15 metal:15x50 metal-24xl:4x15" });
});

test("replaces the numbers of a size, and keeps sizes that the answer lacks", () => {
  expect(answer(described("m9.large")).limits).toEqual({ m9: "large:4x15 metal:15x50" });
});

test("replaces the vCPUs and the memory of a size, and adds those of a new one", () => {
  const large = described("m9.xlarge", { VCpuInfo: { DefaultVCpus: 4 }, MemoryInfo: { SizeInMiB: 16384 } });
  expect(answer(described("m9.large"), large).sizes).toEqual({ m9: "large:2x8192 xlarge:4x16384" });
});

test("counts the interfaces of the default network card only", () => {
  const NetworkCards = [
    { NetworkCardIndex: 0, MaximumNetworkInterfaces: 1 },
    { NetworkCardIndex: 1, MaximumNetworkInterfaces: 2 },
  ];
  const type = described("a9.xlarge", {}, { DefaultNetworkCardIndex: 1, NetworkCards });
  expect(answer(type).limits["a9"]).toBe("xlarge:2x15");
});

test("adds Xen families, adapters and chips, in order", () => {
  const devices = { NeuronInfo: { NeuronDevices: [{ Name: "Trainium", Count: 2 }, { Count: 1 }] } };
  const fabric = { EfaSupported: true, EfaInfo: { MaximumEfaInterfaces: 8 } };
  const { xen, cards, chips } = answer(
    described("b1.large", { Hypervisor: "xen" }),
    described("z9.4xlarge", devices, fabric),
  );
  expect({ xen, cards, chips }).toEqual({ xen: "b1 m1", cards: { "z9.4xlarge": 8 }, chips: { "z9.4xlarge": 3 } });
});

test("refuses an answer of another command", () => {
  expect(() => withAnswer(data, { Vpcs: [] })).toThrow("InstanceTypes");
});

test("leaves the data files as they are if an answer adds nothing", () => {
  const { limits, xen } = instances;
  const today = { limits, sizes: measures.sizes, xen, cards: efa.cards, chips: neuron.chips };
  const lines = (data: InstanceData) => JSON.stringify(data, null, 2).split("\n");
  expect(lines(withAnswer(today, { InstanceTypes: [] }))).toEqual(lines(today));
});
