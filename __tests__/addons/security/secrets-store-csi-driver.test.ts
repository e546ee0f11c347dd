import { secretsStoreCsiDriver } from "../../../addons/security/secrets-store-csi-driver";
import { contextOf, manifestsOf, monitoredContext, optionsOf, valuesOf } from "../support/context";

test("reads once and makes no Secrets, unless the definition says so", () => {
  const values = valuesOf(secretsStoreCsiDriver);

  expect(values).toMatchObject({ enableSecretRotation: false, syncSecret: { enabled: false } });
  expect(values).not.toHaveProperty("rotationPollInterval");
  expect(
    valuesOf(secretsStoreCsiDriver, contextOf(), { rotation_poll_interval: "2m", sync_secrets: true }),
  ).toMatchObject({ enableSecretRotation: true, rotationPollInterval: "2m", syncSecret: { enabled: true } });
});

test("shows AWS the pod, by IRSA or by Pod Identity, and has no role of its own", () => {
  expect(secretsStoreCsiDriver.permissions).toBeUndefined();
  expect(valuesOf(secretsStoreCsiDriver)["tokenRequests"]).toEqual([
    { audience: "sts.amazonaws.com" },
    { audience: "pods.eks.amazonaws.com" },
  ]);
});

test("the provider comes after it, brings no second driver, and is where the driver is", () => {
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

test.each(["2", "0m", "two", "2 m"])("%j is no interval", (rotation_poll_interval) => {
  expect(() => optionsOf(secretsStoreCsiDriver, { rotation_poll_interval })).toThrow();
});

test("is watched where there is a Prometheus", () => {
  expect(manifestsOf(secretsStoreCsiDriver)).toEqual([]);
  expect(manifestsOf(secretsStoreCsiDriver, monitoredContext).map(({ kind }) => kind)).toEqual([
    "PodMonitor",
    "PrometheusRule",
  ]);
});
