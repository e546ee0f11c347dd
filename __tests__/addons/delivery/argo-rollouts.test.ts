import { argoRollouts } from "../../../addons/delivery/argo-rollouts";
import { contextOf, monitoredContext, permissionsOf, valuesOf } from "../support/context";

test("changes objects of the traffic routers that are named, and of no other", () => {
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

test("Prometheus reads it where it is", () => {
  expect(valuesOf(argoRollouts, monitoredContext)["controller"]).toMatchObject({
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
  });
});

test("looks at target groups only where it is asked to", () => {
  expect(permissionsOf(argoRollouts)).toEqual([]);
  expect(permissionsOf(argoRollouts, contextOf(), { verify_target_groups: true }).map(({ sid }) => sid)).toEqual([
    "LookAtTargets",
  ]);
  expect(valuesOf(argoRollouts, contextOf(), { verify_target_groups: true })["controller"]).toMatchObject({
    awsVerifyTargetGroup: true,
  });
});
