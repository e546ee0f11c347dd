import { canRead, ifCertain } from "../../language/refused";
import type { RuleId } from "../../language/rule-ids";
import type { Subject } from "../model/subject";
import { type Check, type RuledFinding, ruled } from "../rules/finding";
import { checkAddedContainers } from "./addons/added-containers";
import { checkAddonPlaces } from "./addons/addon-places";
import {
  checkAddonRelations,
  checkAddonSettings,
  checkCommonSettings,
  checkNetworkPolicies,
  checkReleasePins,
} from "./addons/addons";
import { checkAskedRoom } from "./addons/asked-room";
import { chartBeforeNodesRules, checkReplacedNodeAddons } from "./addons/charts-before-nodes";
import { checkAddonConfiguration, checkExtraEksAddons } from "./addons/eks-addons";
import { checkAddonNamespaces, checkExtraNamespaces, checkNamespaceSettings } from "./addons/extra-namespaces";
import { checkExtraIdentities, checkExtraNames, checkExtraOrder } from "./addons/extras";
import { hostRules } from "./addons/hosts";
import { checkDefaultIngressClass, checkIngressClasses, checkIssuers, checkWrittenIngresses } from "./addons/ingress";
import { checkInstalledOnce } from "./addons/installed-once";
import { checkIgnoredAnnotations, checkLoadBalancerClasses } from "./addons/load-balancers";
import { checkNodeAddons } from "./addons/node-addons";
import { checkOpenValues } from "./addons/open-values";
import { checkPlatformFits } from "./addons/platform-fits";
import { checkPodSecurity } from "./addons/pod-security";
import { checkServedApis } from "./addons/served-apis";
import { checkSpreadReplicas } from "./addons/spread-replicas";
import { checkClasses, checkSharedClaims, checkUsedClasses } from "./addons/storage-classes";
import { checkUnreachableAddresses } from "./addons/unreachable-addresses";
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
import { knownActionRules } from "./control-plane/known-actions";
import { knownPolicyRules } from "./control-plane/known-policies";
import { checkKubernetesVersion, checkSupport } from "./control-plane/kubernetes-version";
import { checkOidc } from "./control-plane/oidc";
import { openRangeRules } from "./control-plane/open-ranges";
import { ownAccountRules } from "./control-plane/own-account";
import { checkPartition } from "./control-plane/partition";
import { roleLimitRules } from "./control-plane/role-limits";
import { securityGroupRules } from "./control-plane/security-groups";
import { serviceAccountRules } from "./control-plane/service-accounts";
import { stateNameRules } from "./control-plane/state-names";
import { statementRules } from "./control-plane/statements";
import { tagRules } from "./control-plane/tags";
import { checkTimeouts } from "./control-plane/timeouts";
import { controlPlaneZoneRules } from "./control-plane/zones";
import { checkOfferings } from "./instances/offerings";
import { clusterDnsRules } from "./kubelet/cluster-dns";
import { checkFeatureGates } from "./kubelet/feature-gates";
import { checkKubeletMemory } from "./kubelet/kubelet-memory";
import { checkOpenKubelet } from "./kubelet/open-kubelet";
import { MANIFEST_CHECKS } from "./manifest-checks";
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
import { subnetRangeRules } from "./network/subnet-ranges";
import { subnetTierRules } from "./network/subnet-tiers";
import { vpcCniRules } from "./network/vpc-cni";
import { vpcOptionRules } from "./network/vpc-options";
import { vpnRules } from "./network/vpns";
import { waysOutRules } from "./network/ways-out";
import { checkKarpenterReplicas } from "./node-pools/controller-replicas";
import { checkUnusedKarpenter } from "./node-pools/node-pool-kinds";
import { checkNodePools } from "./node-pools/node-pools";
import { checkTwoAutoscalers } from "./node-pools/two-autoscalers";
import { OWN_CHECKS } from "./own-checks";
import { checkMaintenanceWindows } from "./rollout/maintenance-windows";
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

/** All rules about a single definition, by their ids. */
const CHECKS: readonly (readonly [RuleId, readonly Check[]])[] = [
  ["cluster-name", clusterNameRules],
  ["address-ranges", addressRangeRules],
  ["existing-vpc", existingVpcRules],
  ["existing-vpc-additions", existingVpcAdditionRules],
  ["subnet-ranges", subnetRangeRules],
  ["subnet-tiers", subnetTierRules],
  ["ways-out", waysOutRules],
  ["ip-family", ipFamilyRules],
  ["vpc-cni", vpcCniRules],
  ["prefix-types", [checkPrefixTypes]],
  ["private-network", privateNetworkRules],
  ["vpc-endpoints", endpointRules],
  ["flow-logs", flowLogRules],
  ["vpc-options", vpcOptionRules],
  ["connections", connectionRules],
  ["peerings", peeringRules],
  ["routed-ranges", routedRangeRules],
  ["vpns", vpnRules],
  ["client-vpns", clientVpnRules],
  ["private-dns", privateDnsRules],
  ["control-plane-routes", controlPlaneRouteRules],
  ["kubernetes-version", [checkKubernetesVersion]],
  ["kubernetes-support", [checkSupport]],
  ["control-plane-zones", controlPlaneZoneRules],
  ["control-plane-timeouts", [checkTimeouts]],
  ["api-endpoint", apiEndpointRules],
  ["open-ranges", openRangeRules],
  ["access", accessRules],
  ["kms", kmsRules],
  ["control-plane-logs", logRules],
  ["security-groups", securityGroupRules],
  ["oidc", [checkOidc]],
  ["service-accounts", serviceAccountRules],
  ["remote-networks", remoteNetworkRules],
  ["hybrid-nodes", hybridNodeRules],
  ["auto-mode", autoModeRules],
  ["capabilities", capabilityRules],
  ["node-addons", [checkNodeAddons]],
  ["replaced-node-addons", [checkReplacedNodeAddons]],
  ["extra-eks-addons", [checkExtraEksAddons]],
  ["addon-configuration", [checkAddonConfiguration]],
  ["partition", [checkPartition]],
  ["own-account", ownAccountRules],
  ["role-limits", roleLimitRules],
  ["attached-policies", attachedPolicyRules],
  ["policy-statements", statementRules],
  ["broad-rights", broadRightsRules],
  ["known-actions", [...knownActionRules, ...knownPolicyRules]],
  ["state-names", stateNameRules],
  ["tags", tagRules],
  ["worker-sizes", [checkSizes]],
  ["worker-zones", [checkZones]],
  ["worker-taints", [checkTaints]],
  ["worker-images", [checkImages]],
  ["worker-boot", [checkBoot]],
  ["worker-kubelet", [checkKubelet]],
  ["kubelet-memory", [checkKubeletMemory]],
  ["open-kubelet", [checkOpenKubelet]],
  ["cluster-dns", clusterDnsRules],
  ["feature-gates", [checkFeatureGates]],
  ["worker-volumes", [checkVolumes]],
  ["worker-buying", [checkBuying]],
  ["worker-reservations", [checkReservations]],
  ["worker-spot", [checkSpot]],
  ["worker-upkeep", [checkUpkeep]],
  ["worker-requirements", [checkRequirements]],
  ["worker-placement", [checkPlacement]],
  ["worker-rolling", [checkRolling]],
  ["worker-per-zone", [checkPerZone]],
  ["scheduled-scaling", [checkSchedules]],
  ["worker-instances", [checkInstances]],
  ["worker-terminations", [checkTerminations]],
  ["fargate", [checkFargate]],
  ["worker-subnets", [checkWorkerSubnets]],
  ["worker-launch-template", [checkLaunchTemplate]],
  ["untainted-capacity", [checkUntaintedCapacity]],
  ["first-node", [checkFirstNode]],
  ["unscaled-groups", [checkUnscaledGroups]],
  ["pod-limits", podLimitRules],
  ["instance-types", [checkInstanceTypes, checkOfferings]],
  ["capacity", [checkCapacity]],
  ["node-pools", [checkNodePools]],
  ["unused-karpenter", [checkUnusedKarpenter]],
  ["two-autoscalers", [checkTwoAutoscalers]],
  ["karpenter-replicas", [checkKarpenterReplicas]],
  ["addon-relations", [checkAddonRelations]],
  ["hosted-zone", [checkHostedZone]],
  ["release-pins", [checkReleasePins]],
  ["common-settings", [checkCommonSettings]],
  ["network-policies", [checkNetworkPolicies]],
  ["addon-options", [checkAddonSettings]],
  ["addon-places", [checkAddonPlaces]],
  ["default-ingress-class", [checkDefaultIngressClass]],
  ["ingress-classes", [checkIngressClasses, checkWrittenIngresses]],
  ["issuers", [checkIssuers]],
  ["hosts", hostRules],
  ["open-values", [checkOpenValues]],
  ["load-balancers", [checkIgnoredAnnotations, checkLoadBalancerClasses]],
  ["unreachable-addresses", [checkUnreachableAddresses]],
  ["spread-replicas", [checkSpreadReplicas]],
  ["platform-size", [checkPlatformFits, checkAskedRoom]],
  ["storage-classes", [checkClasses, checkUsedClasses, checkSharedClaims]],
  ["lost-data", [checkLostData]],
  ["served-apis", [checkServedApis]],
  ["installed-once", [checkInstalledOnce]],
  ["extra-names", [checkExtraNames]],
  ["charts-before-nodes", chartBeforeNodesRules],
  ["extra-order", [checkExtraOrder]],
  ["extra-namespaces", [checkExtraNamespaces]],
  ["namespace-settings", [checkNamespaceSettings, checkAddonNamespaces]],
  ["added-containers", [checkAddedContainers]],
  ["pod-security", [checkPodSecurity]],
  ["extra-identities", [checkExtraIdentities]],
  ...MANIFEST_CHECKS,
  ["maintenance-windows", [checkMaintenanceWindows]],
];

/**
 * Returns the findings of all rules for each definition; none about a refused value, which has an error of its own. Each rule
 * checks all definitions before the next one does: this way, its code is still in the processor's cache.
 *
 * @param subjects undefined for a definition that cannot be parsed
 */
export function checkDefinitions(subjects: readonly (Subject | undefined)[]): readonly (readonly RuledFinding[])[] {
  const findings = subjects.map((): RuledFinding[] => []);
  for (const [rule, checks] of CHECKS) {
    for (const check of checks) {
      for (const [index, subject] of subjects.entries()) {
        const found = subject === undefined ? undefined : ifCertain(() => check(subject));
        if (found !== undefined && found.length > 0) findings[index]?.push(...ruled(rule, found));
      }
    }
  }
  for (const [, check] of OWN_CHECKS)
    for (const [index, subject] of subjects.entries())
      findings[index]?.push(...((subject === undefined ? undefined : ifCertain(() => check(subject))) ?? []));
  return findings.map((found, index) => found.filter(({ path }) => canRead(subjects[index]?.definition, path)));
}
