import { catalogue } from "../../addons/catalogue";
import type { AddonContext, ServiceLevel } from "../../addons/contract/addon-context";
import { shipped } from "../support/shipped";
import { contextOf, manifestsOf, optionsOf, valuesOf } from "./support/context";

const { sla_profiles } = shipped("defaults.yaml") as { sla_profiles: Record<string, Omit<ServiceLevel, "name">> };

/** Returns the settings of addons that a service level changes, with the numbers from the definitions. */
function effects(name: string) {
  const level = sla_profiles[name];
  if (level === undefined) throw new Error(`no level ${name}`);
  const enabled = ["kube_prometheus_stack", "aws_ebs_csi_driver"];
  const context: AddonContext = contextOf({ enabled, service_level: { name, ...level } });
  const prometheus = JSON.stringify(valuesOf(catalogue.kube_prometheus_stack, context));
  const velero = valuesOf(catalogue.velero, context) as {
    schedules: { platform?: { schedule: string } };
    configuration: { defaultBackupTTL: string };
  };
  const severities = JSON.stringify(manifestsOf(catalogue.cert_manager, context)).match(/"severity":"\w+"/g) ?? [];
  return {
    controllers: valuesOf(catalogue.metrics_server, context)["replicas"],
    metrics: /"retention":"(\w+)"/.exec(prometheus)?.[1],
    volume: /"storage":"(\d+Gi)"/.exec(prometheus.slice(prometheus.indexOf("storageSpec")))?.[1],
    logs: /"retention_period":"(\w+)"/.exec(JSON.stringify(valuesOf(catalogue.loki, context)))?.[1],
    traces: /"retention":"(\w+)"/.exec(
      JSON.stringify(catalogue.tempo.values(context, optionsOf(catalogue.tempo))),
    )?.[1],
    severity: [...new Set(severities)],
    backups: velero.schedules.platform?.schedule,
    kept: velero.configuration.defaultBackupTTL,
  };
}

test.each([
  [
    "none",
    {
      controllers: 1,
      metrics: "1d",
      volume: "10Gi",
      logs: "24h",
      traces: "24h",
      severity: ['"severity":"none"'],
      backups: undefined,
      kept: "24h0m0s",
    },
  ],
  [
    "development",
    {
      controllers: 1,
      metrics: "7d",
      volume: "20Gi",
      logs: "168h",
      traces: "72h",
      severity: ['"severity":"info"'],
      backups: undefined,
      kept: "168h0m0s",
    },
  ],
  [
    "production",
    {
      controllers: 2,
      metrics: "15d",
      volume: "50Gi",
      logs: "720h",
      traces: "168h",
      severity: ['"severity":"warning"'],
      backups: "30 2 * * *",
      kept: "720h0m0s",
    },
  ],
  [
    "critical",
    {
      controllers: 3,
      metrics: "30d",
      volume: "100Gi",
      logs: "2160h",
      traces: "336h",
      severity: ['"severity":"critical"'],
      backups: "30 */6 * * *",
      kept: "2160h0m0s",
    },
  ],
])("%s", (name, expected) => {
  expect(effects(name)).toEqual(expected);
});

test("covers every service level", () => {
  expect(Object.keys(sla_profiles)).toEqual(["none", "development", "production", "critical"]);
});
