import { checkAccess, checkAuthenticationMode } from "./access";
import { checkAddonPlaces } from "./addon-places";
import {
  checkAddonRelations,
  checkAddonSettings,
  checkNetworkPolicies,
  checkNodelocalDns,
  checkPrivilegedRunners,
  checkReleasePins,
  checkTeleport,
} from "./addons";
import { checkAttachedPolicies } from "./attached-policies";
import { checkAutoMode } from "./auto-mode";
import { checkCapabilities } from "./capabilities";
import { checkCapacity, checkInstanceTypes } from "./capacity";
import { checkClasses } from "./classes";
import { checkName, checkPartition } from "./cluster";
import { checkLists, checkPeerings, checkRoutedTiers, checkTransitGateways } from "./connections";
import { checkControlPlaneRoutes } from "./control-plane-routes";
import { checkAddonConfiguration, checkExtraEksAddons } from "./eks-addons";
import { checkEndpoint } from "./endpoint";
import { checkExistingVpc } from "./existing-vpc";
import { checkExtraNamespaces, checkManifestNamespaces } from "./extra-namespaces";
import { checkExtraIdentities, checkExtraNames, checkExtraOrder } from "./extras";
import { checkFargate } from "./fargate";
import type { Check, Finding, Subject } from "./finding";
import { checkFlowLogs } from "./flow-logs";
import { checkHostedZone } from "./hosted-zone";
import { checkHybridNodes, checkRemoteNetworks } from "./hybrid";
import { checkPolicyAccounts, checkRoleAccounts } from "./iam";
import { checkDefaultIngressClass, checkIngressClasses } from "./ingress";
import { checkInstalledOnce } from "./installed-once";
import { checkIpFamily } from "./ip-family";
import { checkKeys, checkLogTypes } from "./keys";
import { checkKubernetesVersion, checkSupport } from "./kubernetes";
import { checkManifestKinds } from "./manifest-kinds";
import { checkManifests, checkSecretObjects } from "./manifests";
import { checkMetricsApis } from "./metrics-apis";
import { checkAccountRanges, checkRanges, checkRegion, checkSubnets, checkZones } from "./networking";
import { checkNodeAddons } from "./node-addons";
import { checkNodePools, checkTwoAutoscalers } from "./node-pools";
import { checkOidc } from "./oidc";
import { checkNames } from "./private-names";
import { checkEndpoints, checkPrivateNetwork } from "./private-network";
import { checkRoutedIpv6 } from "./routed-ipv6";
import { checkRoutedRanges } from "./routed-ranges";
import { checkSecurityGroups } from "./security-groups";
import { checkServiceAccountRoles } from "./service-accounts";
import { checkStateNames } from "./state-names";
import { checkStatements } from "./statements";
import { checkTiers } from "./subnet-tiers";
import { checkTags } from "./tags";
import { checkVpcCni } from "./vpc-cni";
import { checkDhcpOptions, checkPublicAccessExclusions } from "./vpc-options";
import { checkClientVpns, checkVpns } from "./vpns";
import { checkWaysOut } from "./ways-out";
import { checkBoot } from "./worker-boot";
import { checkBuying } from "./worker-buying";
import { checkImages } from "./worker-images";
import { checkInstances } from "./worker-instances";
import { checkKubelet } from "./worker-kubelet";
import { checkLaunchTemplate } from "./worker-launch-template";
import { checkMaxPods } from "./worker-max-pods";
import { checkPlacement } from "./worker-placement";
import { checkRequirements } from "./worker-requirements";
import { checkRolling } from "./worker-rolling";
import { checkPerZone, checkSchedules } from "./worker-scaling";
import { checkSpot } from "./worker-spot";
import { checkWorkerSubnets } from "./worker-subnets";
import { checkTerminations } from "./worker-terminations";
import { checkUpkeep } from "./worker-upkeep";
import { checkVolumes } from "./worker-volumes";
import { checkUntaintedCapacity, checkWorkers } from "./workers";

/** Everything that one definition can be asked by itself. */
const CHECKS: readonly Check[] = [
  checkName,
  checkRegion,
  checkZones,
  checkRanges,
  checkExistingVpc,
  checkTiers,
  checkWaysOut,
  checkSubnets,
  checkIpFamily,
  checkVpcCni,
  checkAccountRanges,
  checkPrivateNetwork,
  checkEndpoints,
  checkFlowLogs,
  checkDhcpOptions,
  checkPublicAccessExclusions,
  checkLists,
  checkPeerings,
  checkRoutedTiers,
  checkTransitGateways,
  checkVpns,
  checkClientVpns,
  checkNames,
  checkRoutedRanges,
  checkRoutedIpv6,
  checkControlPlaneRoutes,
  checkKubernetesVersion,
  checkSupport,
  checkEndpoint,
  checkAccess,
  checkAuthenticationMode,
  checkKeys,
  checkLogTypes,
  checkSecurityGroups,
  checkOidc,
  checkServiceAccountRoles,
  checkRemoteNetworks,
  checkHybridNodes,
  checkAutoMode,
  checkCapabilities,
  checkNodeAddons,
  checkExtraEksAddons,
  checkAddonConfiguration,
  checkPartition,
  checkPolicyAccounts,
  checkRoleAccounts,
  checkAttachedPolicies,
  checkStatements,
  checkStateNames,
  checkTags,
  checkWorkers,
  checkImages,
  checkBoot,
  checkKubelet,
  checkMaxPods,
  checkVolumes,
  checkBuying,
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
  checkInstanceTypes,
  checkCapacity,
  checkNodePools,
  checkTwoAutoscalers,
  checkAddonRelations,
  checkHostedZone,
  checkReleasePins,
  checkTeleport,
  checkNetworkPolicies,
  checkNodelocalDns,
  checkPrivilegedRunners,
  checkAddonSettings,
  checkAddonPlaces,
  checkDefaultIngressClass,
  checkIngressClasses,
  checkClasses,
  checkMetricsApis,
  checkInstalledOnce,
  checkExtraNames,
  checkExtraOrder,
  checkExtraNamespaces,
  checkExtraIdentities,
  checkManifests,
  checkManifestNamespaces,
  checkManifestKinds,
  checkSecretObjects,
];

export function checkDefinition(subject: Subject): Finding[] {
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    const found = check(subject);
    if (found.length > 0) findings.push(...found);
  }
  return findings;
}
