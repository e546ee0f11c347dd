import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { INGRESS_SERVERS } from "../parts/ingress";
import { RESTRICTED_CONTAINER, resources, SYSTEM_TOLERATIONS } from "../parts/pods";

const options = z.strictObject({
  session_hours: z.int().min(1).max(168).describe("Hours until a login expires."),
});

/** Web UI of the cluster, and the successor of the archived Kubernetes Dashboard. Each user has the rights of their own token. */
export const headlamp = defineHelmAddon({
  name: "headlamp",
  summary: "Web UI of the cluster (successor of Kubernetes Dashboard); users log in with their own token",
  namespace: "headlamp",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", ...INGRESS_SERVERS], // the definition's values may add an Ingress
  conflicts_with: [],
  served_ports: [4466],
  // Kubernetes Dashboard is archived; its maintainers work on Headlamp now.
  further_switches: [{ section: "addons", key: "kubernetes_dashboard_enabled" }],
  wait: false,
  options,
  values: (_context, { session_hours }) => ({
    replicaCount: 1, // sessions are in memory, and nothing but this UI depends on it
    serviceAccount: { name: "headlamp" },
    // The chart would make the UI itself cluster-admin, and with it whoever breaks into it.
    clusterRoleBinding: { create: false },
    config: { sessionTTL: session_hours * 3600 },
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    securityContext: {
      ...RESTRICTED_CONTAINER,
      runAsNonRoot: true,
      runAsUser: 100,
      runAsGroup: 101,
      privileged: false,
    },
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources("20m", "256Mi"),
  }),
});
