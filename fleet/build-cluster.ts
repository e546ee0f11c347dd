import { catalogue } from "../addons/catalogue";
import { chartsOf } from "../addons/contract/addon";
import { slugOf } from "../language/words/names";
import type { Cluster, PeerCluster, ReleaseProgram } from "./model/cluster";
import { enabledAddons } from "./model/enabled-addons";
import type { Subject } from "./model/subject";
import { hostedZone } from "./network/hosted-zone";
import { layOutSubnets } from "./network/subnets";
import { regionOf, zonesOf } from "./network/zones";
import type { Layers } from "./read/layers";

/** Returns the facts about a faultless definition that other clusters use. */
export function buildPeer({ definition, account, regions }: Subject): PeerCluster {
  if (!account) throw new TypeError(`${definition.meta.CLUSTER_NAME} was built before it was checked`);
  return {
    name: definition.meta.CLUSTER_NAME,
    slug: slugOf(definition.meta.CLUSTER_NAME),
    tfvars: definition.tfvars,
    account,
    subnets: layOutSubnets(definition.tfvars.networking, zonesOf({ definition, regions })),
  };
}

/** The cluster that a faultless definition describes, beside those that it is peered with. */
export function buildCluster(
  subject: Subject,
  layers: Pick<Layers, "serviceLevels">,
  peers: readonly PeerCluster[],
  program?: ReleaseProgram,
): Cluster {
  const { definition, account, release, regions } = subject;
  const { kubernetes_version } = definition.tfvars.cluster;
  const kubernetes = release?.kubernetes[kubernetes_version];
  const service_level = layers.serviceLevels?.[definition.tfvars.addons.sla];
  const region = regionOf({ definition, regions });
  if (!account || !release || !kubernetes || !region || !service_level)
    throw new TypeError(`${definition.meta.CLUSTER_NAME} was built before it was checked`);
  const charts = new Set(enabledAddons(definition).flatMap((name) => chartsOf(catalogue[name])));
  return {
    meta: definition.meta,
    release: {
      name: release.name,
      kubernetes,
      charts: Object.fromEntries(Object.entries(release.charts).filter(([name]) => charts.has(name))),
      ...(program && { program }),
    },
    partition: region.partition,
    zones: zonesOf({ definition, regions }),
    service_level,
    hosted_zone_id: hostedZone(definition, account),
    peers,
    ...buildPeer(subject),
  };
}
