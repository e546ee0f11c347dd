import type { AddonSubject } from "../contract/addon-context";

/** Web UIs of addons without a login for people, with their addresses inside the cluster. */
export const DASHBOARDS = {
  alertmanager: {
    addon: "kube_prometheus_stack",
    url: "http://kube-prometheus-stack-alertmanager.monitoring.svc:9093",
  },
  headlamp: { addon: "headlamp", url: "http://headlamp.headlamp.svc:80" },
  prometheus: { addon: "kube_prometheus_stack", url: "http://kube-prometheus-stack-prometheus.monitoring.svc:9090" },
} as const;

export type Dashboard = keyof typeof DASHBOARDS;

/** Host of the proxy itself, at which programs of teams can check whether a person is logged in. */
export const PROXY = "oauth2";

/** Every host that oauth2_proxy may serve: to all of them the issuer must send people back. */
export function dashboardHosts({ k8s_base_domain }: AddonSubject): readonly string[] {
  return k8s_base_domain === null
    ? []
    : [PROXY, ...Object.keys(DASHBOARDS)].map((name) => `${name}.${k8s_base_domain}`);
}
