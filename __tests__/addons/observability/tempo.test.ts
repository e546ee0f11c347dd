import { tempo } from "../../../addons/observability/tempo";
import { contextOf, LEVELS, monitoredContext, optionsOf, valuesOf } from "../support/context";

test("has these values in the reference cluster", () => {
  expect(valuesOf(tempo, contextOf({ enabled: ["aws_ebs_csi_driver"] }))).toEqual({
    replicas: 1,
    tempo: {
      retention: "168h",
      reportingEnabled: false,
      memBallastSizeMbs: 128, // the chart's 1024 would be all that its limit leaves
      storage: {
        trace: {
          backend: "s3",
          s3: { bucket: "demo-tempo-111111111111", endpoint: "s3.eu-west-1.amazonaws.com", region: "eu-west-1" },
        },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        seccompProfile: { type: "RuntimeDefault" },
      },
      resources: { requests: { cpu: "200m", memory: "1Gi" }, limits: { memory: "1Gi" } },
    },
    serviceAccount: { name: "tempo" },
    persistence: { enabled: true, size: "10Gi", storageClassName: "gp3" },
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    serviceMonitor: { enabled: false },
  });
});

test("uses its IPv6 address in an IPv6 cluster", () => {
  const values = valuesOf(tempo, contextOf({ ipv6_pods: true }));

  expect(values).toMatchObject({ tempo: { ingester: { lifecycler: { enable_inet6: true } } } });
});

test("has the definition's days, bucket and volume", () => {
  const bucket = { name: "traces", kms_key_arn: null };

  expect(valuesOf(tempo, contextOf({ service_level: LEVELS.one }), { bucket, retention_days: 1 })).toMatchObject({
    tempo: { retention: "24h", storage: { trace: { s3: { bucket: "traces" } } } },
    persistence: { enabled: false },
  });
  expect(valuesOf(tempo, contextOf({ service_level: LEVELS.one }))).toMatchObject({ tempo: { retention: "48h" } });
  expect(tempo.bucket?.(contextOf(), optionsOf(tempo, { bucket }))).toEqual({ existing: bucket, expire_days: null });
  expect(valuesOf(tempo, monitoredContext)["serviceMonitor"]).toEqual({ enabled: true });
});
