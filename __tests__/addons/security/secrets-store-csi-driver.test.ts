import { secretsStoreCsiDriver } from "../../../addons/security/secrets-store-csi-driver";
import { contextOf, manifestsOf, monitoredContext, optionsOf, valuesOf } from "../support/context";

test("reads once and creates no Secrets by default", () => {
  const values = valuesOf(secretsStoreCsiDriver);

  expect(values).toMatchObject({ enableSecretRotation: false, syncSecret: { enabled: false } });
  expect(values).not.toHaveProperty("rotationPollInterval");
  expect(
    valuesOf(secretsStoreCsiDriver, contextOf(), { rotation_poll_interval: "2m", sync_secrets: true }),
  ).toMatchObject({ enableSecretRotation: true, rotationPollInterval: "2m", syncSecret: { enabled: true } });
});

test("uses the pod's identity, by IRSA or Pod Identity, and has no role of its own", () => {
  expect(secretsStoreCsiDriver.permissions).toBeUndefined();
  expect(valuesOf(secretsStoreCsiDriver)["tokenRequests"]).toEqual([
    { audience: "sts.amazonaws.com" },
    { audience: "pods.eks.amazonaws.com" },
  ]);
});

test("the provider is installed after the driver, on the same nodes, and brings no second driver", () => {
  const [provider] = secretsStoreCsiDriver.further_charts ?? [];
  const values = provider?.values(contextOf(), optionsOf(secretsStoreCsiDriver));

  expect(provider?.order).toBe("after");
  expect(values).toMatchObject({
    awsRegion: "eu-west-1",
    "secrets-store-csi-driver": { install: false },
    tolerations: [{ operator: "Exists" }],
  });
  expect(values?.["affinity"]).toEqual((valuesOf(secretsStoreCsiDriver)["linux"] as { affinity: object }).affinity);
});

test.each(["2", "0m", "two", "2 m"])("refuses the interval %j", (rotation_poll_interval) => {
  expect(() => optionsOf(secretsStoreCsiDriver, { rotation_poll_interval })).toThrow();
});

test("is scraped if Prometheus is installed", () => {
  expect(manifestsOf(secretsStoreCsiDriver)).toEqual([]);
  expect(manifestsOf(secretsStoreCsiDriver, monitoredContext).map(({ kind }) => kind)).toEqual([
    "PodMonitor",
    "PrometheusRule",
  ]);
});
