import { canRead, ifCertain } from "../../language/refused";
import type { Subject } from "../model/subject";
import type { Check, Finding } from "../rules/finding";
import { checkAddedContainers } from "./addons/added-containers";
import { checkAddonPlaces } from "./addons/addon-places";
import {
  checkAddonRelations,
  checkAddonSettings,
  checkCommonSettings,
  checkNetworkPolicies,
  checkReleasePins,
} from "./addons/addons";
import { chartBeforeNodesRules, checkReplacedNodeAddons } from "./addons/charts-before-nodes";
import { checkAddonConfiguration, checkExtraEksAddons } from "./addons/eks-addons";
import { checkExtraNamespaces, checkManifestNamespaces, checkNamespaceSettings } from "./addons/extra-namespaces";
import { checkExtraIdentities, checkExtraNames, checkExtraOrder } from "./addons/extras";
import { hostRules } from "./addons/hosts";
import { checkDefaultIngressClass, checkIngressClasses } from "./addons/ingress";
import { checkInstalledOnce } from "./addons/installed-once";
import { checkManifestKinds } from "./addons/manifest-kinds";
import { manifestSenseRules } from "./addons/manifest-sense";
import {
  checkManifestShapes,
  checkManifestsAfterKinds,
  checkManifestsOnce,
  checkSecretObjects,
} from "./addons/manifests";

import { checkNodeAddons } from "./addons/node-addons";
import { checkServedApis } from "./addons/served-apis";
import { checkSpreadReplicas } from "./addons/spread-replicas";
import { checkClasses } from "./addons/storage-classes";
import { checkLostData } from "./addons/volumes";
import { accessRules } from "./control-plane/access";
import { attachedPolicyRules } from "./control-plane/attached-policies";
import { broadRightsRules } from "./control-plane/broad-rights";
import { capabilityRules } from "./control-plane/capabilities";
import { clusterNameRules } from "./control-plane/cluster-name";
import { apiEndpointRules } from "./control-plane/endpoint";
import { checkHostedZone } from "./control-plane/hosted-zone";
import { hybridNodeRules, remoteNetworkRules } from "./control-plane/hybrid";
import { kmsRules, logRules } from "./control-plane/kms-and-logs";
import { checkKubernetesVersion, checkSupport } from "./control-plane/kubernetes-version";
import { checkOidc } from "./control-plane/oidc";
import { openRangeRules } from "./control-plane/open-ranges";
import { ownAccountRules } from "./control-plane/own-account";
import { checkPartition } from "./control-plane/partition";
import { securityGroupRules } from "./control-plane/security-groups";
import { serviceAccountRules } from "./control-plane/service-accounts";
import { stateNameRules } from "./control-plane/state-names";
import { statementRules } from "./control-plane/statements";
import { tagRules } from "./control-plane/tags";
import { controlPlaneZoneRules } from "./control-plane/zones";
import { checkFeatureGates } from "./kubelet/feature-gates";
import { checkKubeletMemory } from "./kubelet/kubelet-memory";
import { checkOpenKubelet } from "./kubelet/open-kubelet";
import { addressRangeRules } from "./network/address-ranges";
import { clientVpnRules } from "./network/client-vpns";
import { connectionRules } from "./network/connections";
import { controlPlaneRouteRules } from "./network/control-plane-routes";
import { existingVpcRules } from "./network/existing-vpc";
import { existingVpcAdditionRules } from "./network/existing-vpc-additions";
import { flowLogRules } from "./network/flow-logs";
import { ipFamilyRules } from "./network/ip-family";
import { peeringRules } from "./network/peerings";
import { checkPrefixTypes } from "./network/prefix-types";
import { privateDnsRules } from "./network/private-dns";
import { endpointRules, privateNetworkRules } from "./network/private-network";
import { routedRangeRules } from "./network/routed-ranges";
import { subnetTierRules } from "./network/subnet-tiers";
import { vpcCniRules } from "./network/vpc-cni";
import { vpcOptionRules } from "./network/vpc-options";
import { vpnRules } from "./network/vpns";
import { waysOutRules } from "./network/ways-out";
import { checkKarpenterReplicas } from "./node-pools/controller-replicas";
import { checkUnusedKarpenter } from "./node-pools/node-pool-kinds";
import { checkNodePools } from "./node-pools/node-pools";
import { checkTwoAutoscalers } from "./node-pools/two-autoscalers";
import { autoModeRules } from "./workers/auto-mode";
import { checkCapacity, checkInstanceTypes } from "./workers/capacity";
import { checkFargate } from "./workers/fargate";
import { podLimitRules } from "./workers/pod-limits";
import { checkSchedules } from "./workers/scheduled-scaling";
import { checkBoot } from "./workers/worker-boot";
import { checkBuying } from "./workers/worker-buying";
import { checkImages } from "./workers/worker-images";
import { checkInstances } from "./workers/worker-instances";
import { checkKubelet } from "./workers/worker-kubelet";
import { checkLaunchTemplate } from "./workers/worker-launch-template";
import { checkPlacement } from "./workers/worker-placement";
import { checkRequirements } from "./workers/worker-requirements";
import { checkReservations } from "./workers/worker-reservations";
import { checkRolling } from "./workers/worker-rolling";
import { checkFirstNode, checkSizes, checkUnscaledGroups } from "./workers/worker-sizes";
import { checkSpot } from "./workers/worker-spot";
import { checkWorkerSubnets } from "./workers/worker-subnets";
import { checkTaints, checkUntaintedCapacity } from "./workers/worker-taints";
import { checkTerminations } from "./workers/worker-terminations";
import { checkUpkeep } from "./workers/worker-upkeep";
import { checkVolumes } from "./workers/worker-volumes";
import { checkPerZone, checkZones } from "./workers/worker-zones";

/** Everything that one definition can be asked by itself. */
const CHECKS: readonly Check[] = [
  ...clusterNameRules,
  ...addressRangeRules,
  ...existingVpcRules,
  ...existingVpcAdditionRules,
  ...subnetTierRules,
  ...waysOutRules,
  ...ipFamilyRules,
  ...vpcCniRules,
  checkPrefixTypes,
  ...privateNetworkRules,
  ...endpointRules,
  ...flowLogRules,
  ...vpcOptionRules,
  ...connectionRules,
  ...peeringRules,
  ...routedRangeRules,
  ...vpnRules,
  ...clientVpnRules,
  ...privateDnsRules,
  ...controlPlaneRouteRules,
  checkKubernetesVersion,
  checkSupport,
  ...controlPlaneZoneRules,
  ...apiEndpointRules,
  ...openRangeRules,
  ...accessRules,
  ...kmsRules,
  ...logRules,
  ...securityGroupRules,
  checkOidc,
  ...serviceAccountRules,
  ...remoteNetworkRules,
  ...hybridNodeRules,
  ...autoModeRules,
  ...capabilityRules,
  checkNodeAddons,
  checkReplacedNodeAddons,
  checkExtraEksAddons,
  checkAddonConfiguration,
  checkPartition,
  ...ownAccountRules,
  ...attachedPolicyRules,
  ...statementRules,
  ...broadRightsRules,
  ...stateNameRules,
  ...tagRules,
  checkSizes,
  checkZones,
  checkTaints,
  checkImages,
  checkBoot,
  checkKubelet,
  checkKubeletMemory,
  checkOpenKubelet,
  checkFeatureGates,
  checkVolumes,
  checkBuying,
  checkReservations,
  checkSpot,
  checkUpkeep,
  checkRequirements,
  checkPlacement,
  checkRolling,
  checkPerZone,
  checkSchedules,
  checkInstances,
  checkTerminations,
  checkFargate,
  checkWorkerSubnets,
  checkLaunchTemplate,
  checkUntaintedCapacity,
  checkFirstNode,
  checkUnscaledGroups,
  ...podLimitRules,
  checkInstanceTypes,
  checkCapacity,
  checkNodePools,
  checkUnusedKarpenter,
  checkTwoAutoscalers,
  checkKarpenterReplicas,
  checkAddonRelations,
  checkHostedZone,
  checkReleasePins,
  checkCommonSettings,
  checkNetworkPolicies,
  checkAddonSettings,
  checkAddonPlaces,
  checkDefaultIngressClass,
  checkIngressClasses,
  ...hostRules,
  checkSpreadReplicas,
  checkClasses,
  checkLostData,
  checkServedApis,
  checkInstalledOnce,
  checkExtraNames,
  ...chartBeforeNodesRules,
  checkExtraOrder,
  checkExtraNamespaces,
  checkNamespaceSettings,
  checkAddedContainers,
  checkExtraIdentities,
  checkManifestShapes,
  ...manifestSenseRules,
  checkManifestsOnce,
  checkManifestsAfterKinds,
  checkManifestNamespaces,
  checkManifestKinds,
  checkSecretObjects,
];

/**
 * Returns what all rules report of each definition; nothing of what was refused, which has an error of its own. Each rule checks
 * all definitions before the next one does: this way, its code is still in the processor's cache.
 *
 * @param subjects undefined for a definition that nothing can be asked of
 */
export function checkDefinitions(subjects: readonly (Subject | undefined)[]): readonly (readonly Finding[])[] {
  const findings = subjects.map((): Finding[] => []);
  for (const check of CHECKS) {
    for (const [index, subject] of subjects.entries()) {
      const found = subject === undefined ? undefined : ifCertain(() => check(subject));
      if (found !== undefined && found.length > 0) findings[index]?.push(...found);
    }
  }
  return findings.map((found, index) => found.filter(({ path }) => canRead(subjects[index]?.definition, path)));
}
