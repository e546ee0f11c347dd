import { chartsOf } from "../addons/addon";
import { catalogue } from "../addons/catalogue";
import type { Subject } from "./checks/finding";
import { hostedZone } from "./checks/hosted-zone";
import { regionOf, zonesOf } from "./checks/networking";
import { type Cluster, slugOf } from "./cluster";
import { enabledAddons } from "./enabled-addons";
import type { Layers } from "./layers";
import { layOutSubnets } from "./subnets";

/** The cluster that a faultless definition describes. */
export function buildCluster({ definition, account, release, regions }: Subject, layers: Layers): Cluster {
  const { kubernetes_version } = definition.tfvars.cluster;
  const kubernetes = release?.kubernetes[kubernetes_version];
  const service_level = layers.serviceLevels?.[definition.tfvars.addons.sla];
  const region = regionOf({ definition, regions });
  if (!account || !release || !kubernetes || !region || !service_level)
    throw new TypeError(`${definition.meta.CLUSTER_NAME} was built before it was checked`);
  const charts = new Set(enabledAddons(definition).flatMap((name) => chartsOf(catalogue[name])));
  return {
    name: definition.meta.CLUSTER_NAME,
    slug: slugOf(definition.meta.CLUSTER_NAME),
    meta: definition.meta,
    tfvars: definition.tfvars,
    account,
    release: {
      name: release.name,
      kubernetes,
      charts: Object.fromEntries(Object.entries(release.charts).filter(([name]) => charts.has(name))),
    },
    partition: region.partition,
    subnets: layOutSubnets(definition.tfvars.networking, zonesOf({ definition, regions })),
    service_level,
    hosted_zone_id: hostedZone(definition, account),
  };
}
