import { headlamp } from "../../../addons/delivery/headlamp";
import { valuesOf } from "../support/context";

test("has no permissions of its own, and runs in a restricted namespace", () => {
  expect(headlamp.pod_security).toBe("restricted");
  expect(valuesOf(headlamp, undefined, { session_hours: 8 })).toEqual({
    replicaCount: 1,
    serviceAccount: { name: "headlamp" },
    clusterRoleBinding: { create: false },
    config: { sessionTTL: 28_800 },
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 100,
      runAsGroup: 101,
      privileged: false,
    },
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "20m", memory: "256Mi" }, limits: { memory: "256Mi" } },
  });
});
