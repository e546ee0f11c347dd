import { instanceLimits, vcpus } from "../../../aws/instance-types";
import { type CniSettings, nodeAddresses } from "../../../fleet/nodes/node-addresses";

const DEFAULTS: CniSettings = {
  prefix_delegation: false,
  custom_networking: false,
  warm_eni_target: null,
  warm_ip_target: null,
  minimum_ip_target: null,
  warm_prefix_target: null,
};

function addresses(type: string, cni: Partial<CniSettings> = {}, maxPods: number | null = null, managed = false) {
  const limits = instanceLimits(type);
  if (limits === undefined) throw new Error(`no limits of ${type}`);
  return nodeAddresses(limits, { ...DEFAULTS, ...cni }, { maxPods, vcpus: vcpus(type), managed });
}

describe("The addresses of a node", () => {
  test.each<[string, string, Partial<CniSettings>, number | null, ReturnType<typeof addresses>]>([
    // EKS's own list of pods has 29 for m5.large and 58 for m5.xlarge.
    ["the add-on's defaults", "m5.large", {}, null, { pods: 29, full: 30, idle: 10, own: 0 }],
    ["a larger type", "m5.xlarge", {}, null, { pods: 58, full: 60, idle: 15, own: 0 }],
    ["no interface in reserve", "m5.large", { warm_eni_target: 0 }, null, { pods: 29, full: 30, idle: 10, own: 0 }],
    ["a kubelet's limit", "m5.xlarge", {}, 20, { pods: 20, full: 45, idle: 15, own: 0 }],
    ["a limit above the type's", "m5.large", {}, 500, { pods: 29, full: 30, idle: 10, own: 0 }],
    ["addresses in reserve", "m5.large", { warm_ip_target: 2 }, null, { pods: 29, full: 30, idle: 3, own: 0 }],
    [
      "a floor of addresses",
      "m5.large",
      { warm_ip_target: 1, minimum_ip_target: 12 },
      10,
      { pods: 10, full: 14, idle: 14, own: 0 },
    ],
    ["prefixes", "m5.large", { prefix_delegation: true }, null, { pods: 110, full: 129, idle: 17, own: 0 }],
    [
      "prefixes on many vCPUs",
      "m5.8xlarge",
      { prefix_delegation: true, warm_prefix_target: 0 },
      null,
      { pods: 250, full: 257, idle: 1, own: 0 },
    ],
    [
      "pods in subnets of their own",
      "m5.large",
      { custom_networking: true },
      null,
      { pods: 20, full: 20, idle: 10, own: 1 },
    ],
  ])("%s", (_, type, cni, maxPods, expected) => {
    expect(addresses(type, cni, maxPods)).toEqual(expected);
  });

  test("a managed group has the limit that EKS recommends", () => {
    expect(addresses("m5.24xlarge", {}, null, false).pods).toBe(737);
    expect(addresses("m5.24xlarge", {}, null, true).pods).toBe(250);
    expect(addresses("m5.large", {}, null, true).pods).toBe(29);
    expect(addresses("m5.24xlarge", {}, 300, true).pods).toBe(300);
  });
});
