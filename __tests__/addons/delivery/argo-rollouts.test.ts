import { argoRollouts } from "../../../addons/delivery/argo-rollouts";
import { contextOf, monitoredContext, permissionsOf, valuesOf } from "../support/context";

test("may change objects of the listed traffic routers, and of no others", () => {
  const values = valuesOf(argoRollouts, contextOf(), { traffic_routers: ["traefik"] });

  expect(values["providerRBAC"]).toEqual({
    providers: {
      ambassador: false,
      apisix: false,
      awsAppMesh: false,
      awsLoadBalancerController: false,
      contour: false,
      gatewayAPI: false,
      glooPlatform: false,
      istio: false,
      smi: false,
      traefik: true,
    },
  });
  expect(values).toMatchObject({
    installCRDs: true,
    keepCRDs: true,
    controller: { replicas: 2, awsVerifyTargetGroup: false, pdb: { enabled: true, maxUnavailable: 1 } },
    dashboard: { enabled: false },
  });
});

test("is scraped if Prometheus is installed", () => {
  expect(valuesOf(argoRollouts, monitoredContext)["controller"]).toMatchObject({
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
  });
});

test("reads target groups only if the option is on", () => {
  expect(permissionsOf(argoRollouts)).toEqual([]);
  expect(permissionsOf(argoRollouts, contextOf(), { verify_target_groups: true }).map(({ sid }) => sid)).toEqual([
    "LookAtTargets",
  ]);
  expect(valuesOf(argoRollouts, contextOf(), { verify_target_groups: true })["controller"]).toMatchObject({
    awsVerifyTargetGroup: true,
  });
});
