import { kyverno } from "../../../addons/security/kyverno";
import { contextOf, findingsOf, LEVELS, manifestsOf, monitoredContext, optionsOf, valuesOf } from "../support/context";

const policies = (differences: Parameters<typeof optionsOf<typeof kyverno.options>>[1] = {}) => {
  const [chart] = kyverno.further_charts ?? [];
  const options = optionsOf(kyverno, differences);
  return { included: chart?.included?.(contextOf(), options), values: chart?.values(contextOf(), options) };
};

test("the API server does not call it for the platform's namespaces and the excluded ones", () => {
  const excluded = { excluded_namespaces: ["legacy"] };
  const all = ["kube-system", "platform", "legacy"];

  expect(valuesOf(kyverno, contextOf(), excluded)["config"]).toEqual({
    webhooks: {
      namespaceSelector: {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: all }],
      },
    },
  });
  expect(policies(excluded).values).toMatchObject({ vpolExclude: { excludeNamespaces: all } });
});

test("the API server accepts requests while it does not answer, unless the definition sets Fail", () => {
  const forced = (failure_policy: "Ignore" | "Fail") =>
    valuesOf(kyverno, contextOf(), { failure_policy })["features"] as object;

  expect(forced("Ignore")).toMatchObject({ forceFailurePolicyIgnore: { enabled: true } });
  expect(forced("Fail")).toMatchObject({ forceFailurePolicyIgnore: { enabled: false } });
  expect(policies({ failure_policy: "Fail" }).values).toMatchObject({ failurePolicy: "Fail" });
});

test.each([
  [{}, true, { podSecurityStandard: "baseline", validationFailureAction: "Audit" }],
  [
    { pod_security_standard: "restricted", validation_failure_action: "Enforce" },
    true,
    { podSecurityStandard: "restricted", validationFailureAction: "Enforce" },
  ],
  [{ pod_security_standard: null }, false, {}],
] as const)("has the policies of %j", (differences, included, values) => {
  expect(policies(differences).included).toBe(included);
  expect(policies(differences).values).toMatchObject(values);
});

test.each(["admissionController", "backgroundController", "cleanupController", "reportsController"])(
  "%s has the service level's replicas and a disruption budget that permits drains",
  (part) => {
    expect(valuesOf(kyverno, contextOf({ service_level: LEVELS.three }))[part]).toMatchObject({
      replicas: 3,
      podDisruptionBudget: { enabled: true, maxUnavailable: 1, minAvailable: null },
      serviceMonitor: { enabled: false },
    });
    expect(valuesOf(kyverno, monitoredContext)[part]).toMatchObject({ serviceMonitor: { enabled: true } });
  },
);

test("accepts exceptions in one namespace, or none", () => {
  expect(valuesOf(kyverno)["features"]).toMatchObject({ policyExceptions: { enabled: false, namespace: "" } });
  expect(valuesOf(kyverno, contextOf(), { exceptions_namespace: "policies" })["features"]).toMatchObject({
    policyExceptions: { enabled: true, namespace: "policies" },
  });
});

test("refuses keys without effect", () => {
  expect(findingsOf(kyverno)).toEqual([]);
  expect(findingsOf(kyverno, { excluded_namespaces: ["legacy", "kube-system", "legacy"] })).toEqual([
    "options.excluded_namespaces.1: kube-system is excluded already. Remove it",
    "options.excluded_namespaces.2: legacy is excluded already. Remove it",
  ]);
  expect(findingsOf(kyverno, { pod_security_standard: null, validation_failure_action: "Enforce" })).toEqual([
    "options.validation_failure_action: has no effect because pod_security_standard is not set, and your own policies set their action themselves. Remove it",
  ]);
});

test("is scraped if Prometheus is installed", () => {
  expect(manifestsOf(kyverno)).toEqual([]);
  expect(manifestsOf(kyverno, monitoredContext).map(({ kind }) => kind)).toEqual(["PrometheusRule"]);
});

test.each([
  ["refuses privileged pods outside of its excluded namespaces if it enforces policies", "Enforce", ["builds"]],
  ["refuses no privileged pod if it only reports them", "Audit", null],
] as const)("%s", (_, validation_failure_action, accepted) => {
  const options = optionsOf(kyverno, { validation_failure_action, excluded_namespaces: ["builds"] });

  expect(kyverno.accepts_privileged?.(options)).toEqual(accepted);
});

test.each([
  ["accepts an action for a standard", { pod_security_standard: "baseline", validation_failure_action: "Enforce" }],
  [
    "accepts the default action without a standard",
    { pod_security_standard: null, validation_failure_action: "Audit" },
  ],
] as const)("%s", (_, options) => {
  expect(findingsOf(kyverno, options)).toEqual([]);
});
