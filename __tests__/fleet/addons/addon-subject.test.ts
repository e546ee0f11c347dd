import { oauth2Proxy } from "../../../addons/security/oauth2-proxy";
import { addonSubject } from "../../../fleet/addons/addon-subject";
import { optionsOf } from "../../addons/support/context";
import { clusterWith } from "../../constructs/addons/support";

const published = (upstreams: ("alertmanager" | "prometheus")[]) => {
  const options = optionsOf(oauth2Proxy, { upstreams });
  const cluster = clusterWith(["oauth2_proxy"], { oauth2_proxy: { options } });
  return addonSubject(cluster, { ...cluster, images: () => ({}) }).published;
};

test("a UI behind oauth2_proxy has an address below the cluster's domain, and others have none", () => {
  expect(published(["alertmanager"])).toEqual({ alertmanager: "https://alertmanager.reference.eks.example.com" });
});

test.each([
  [{}, "alb"],
  [{ ingressClass: "aws-alb" }, "aws-alb"],
])("with the controller's values %p, its class is %s", (values, expected) => {
  const cluster = clusterWith(["aws_load_balancer_controller"], { aws_load_balancer_controller: { values } });

  expect(addonSubject(cluster, { ...cluster, images: () => ({}) }).alb_class).toBe(expected);
});
