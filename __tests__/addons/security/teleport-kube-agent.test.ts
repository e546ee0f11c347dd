import { teleportKubeAgent } from "../../../addons/security/teleport-kube-agent";
import { contextOf, findingsOf, LEVELS, optionsOf, valuesOf } from "../support/context";

const proxy_address = "teleport.example.com:443";
const context = contextOf({ teleport_secret: "teleport-join-token" });

test("joins with an existing Secret, under the cluster's name", () => {
  expect(valuesOf(teleportKubeAgent, context, { proxy_address })).toMatchObject({
    roles: "kube",
    proxyAddr: proxy_address,
    kubeClusterName: "demo",
    joinTokenSecret: { create: false, name: "teleport-join-token" },
    updater: { enabled: false },
    highAvailability: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
  });
});

test.each([
  ["one", { enabled: false, minAvailable: 1 }],
  ["three", { enabled: true, minAvailable: 2 }],
] as const)("at level %s a drain may evict one replica", (level, podDisruptionBudget) => {
  const at = contextOf({ service_level: LEVELS[level] });

  expect(valuesOf(teleportKubeAgent, at, { proxy_address })["highAvailability"]).toMatchObject({ podDisruptionBudget });
});

test("reports what it requires", () => {
  expect(findingsOf(teleportKubeAgent)).toEqual([
    "enabled: requires tfvars.common.teleport_token. Set it to the Secret in the namespace teleport that contains the join token as auth-token",
    "options.proxy_address: is required: the address of Teleport's proxy, such as teleport.example.com:443",
  ]);
  expect(findingsOf(teleportKubeAgent, { proxy_address }, context)).toEqual([]);
});

test.each(["teleport.example.com", "https://teleport.example.com:443", "teleport:443"])(
  "refuses %s as a proxy",
  (address) => {
    expect(() => optionsOf(teleportKubeAgent, { proxy_address: address })).toThrow();
  },
);
