/**
 * The script that `fleet adopt --script` prints. It is POSIX sh and needs the AWS CLI only. Every call is describe, list or get; the CLI
 * follows pages itself. A call that fails ends the script before it prints anything.
 */
export const INVENTORY_SCRIPT = `#!/bin/sh
# Prints an inventory of one EKS cluster as JSON, for fleet adopt. It only reads: every call is describe, list or get.
#
#   sh inventory.sh <cluster> <region> > inventory.json
#
# No secrets are collected: no user data of instances, no Kubernetes objects, no parameters. Tags and the configuration of EKS add-ons
# are collected. Whoever runs it needs eks, ec2, iam, kms and logs with describe, list and get, such as the policy ReadOnlyAccess.
set -euf

if [ $# -ne 2 ]; then
  echo "usage: sh inventory.sh <cluster> <region>" >&2
  exit 1
fi
cluster=$1
region=$2
export AWS_PAGER=""

json() { aws --region "$region" --output json "$@"; }
text() { aws --region "$region" --output text "$@"; }

# field <name> <call...>: one property of the inventory
field() {
  field_name=$1
  shift
  field_value=$(json "$@")
  printf '"%s": %s,\\n' "$field_name" "$field_value"
}

# items <name> <flag> <names> <call...>: a list, with one call for each name
items() {
  items_name=$1
  items_flag=$2
  items_names=$3
  shift 3
  printf '"%s": [' "$items_name"
  items_separator=""
  for item in $items_names; do
    if [ "$item" = None ]; then continue; fi
    item_value=$(json "$@" "$items_flag" "$item")
    printf '%s%s' "$items_separator" "$item_value"
    items_separator=","
  done
  printf '],\\n'
}

entries() {
  printf '"access_entries": ['
  entries_separator=""
  entries_names=$(text eks list-access-entries --cluster-name "$cluster" --query 'accessEntries[]')
  for principal in $entries_names; do
    if [ "$principal" = None ]; then continue; fi
    entry=$(json eks describe-access-entry --cluster-name "$cluster" --principal-arn "$principal" --query accessEntry)
    policies=$(json eks list-associated-access-policies --cluster-name "$cluster" --principal-arn "$principal" --query associatedAccessPolicies)
    printf '%s{"entry": %s, "policies": %s}' "$entries_separator" "$entry" "$policies"
    entries_separator=","
  done
  printf '],\\n'
}

inventory() {
  printf '{"version": 1,\\n'
  printf '"region": "%s",\\n' "$region"
  field account sts get-caller-identity --query Account
  field cluster eks describe-cluster --name "$cluster" --query cluster

  mode=$(text eks describe-cluster --name "$cluster" --query cluster.accessConfig.authenticationMode)
  if [ "$mode" != CONFIG_MAP ]; then entries; fi
  names=$(text eks list-addons --cluster-name "$cluster" --query 'addons[]')
  items addons --addon-name "$names" eks describe-addon --cluster-name "$cluster" --query addon
  names=$(text eks list-nodegroups --cluster-name "$cluster" --query 'nodegroups[]')
  items nodegroups --nodegroup-name "$names" eks describe-nodegroup --cluster-name "$cluster" --query nodegroup
  names=$(text eks list-fargate-profiles --cluster-name "$cluster" --query 'fargateProfileNames[]')
  items fargate_profiles --fargate-profile-name "$names" eks describe-fargate-profile --cluster-name "$cluster" --query fargateProfile
  field identity_providers eks list-identity-provider-configs --cluster-name "$cluster" --query identityProviderConfigs
  names=$(text eks list-pod-identity-associations --cluster-name "$cluster" --query 'associations[].associationId')
  items pod_identities --association-id "$names" eks describe-pod-identity-association --cluster-name "$cluster" --query association

  vpc=$(text eks describe-cluster --name "$cluster" --query cluster.resourcesVpcConfig.vpcId)
  in_vpc="Name=vpc-id,Values=$vpc"
  field vpcs ec2 describe-vpcs --vpc-ids "$vpc" --query Vpcs
  field dns_support ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute enableDnsSupport --query EnableDnsSupport.Value
  field dns_hostnames ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute enableDnsHostnames --query EnableDnsHostnames.Value
  field subnets ec2 describe-subnets --filters "$in_vpc" --query Subnets
  field route_tables ec2 describe-route-tables --filters "$in_vpc" --query RouteTables
  field internet_gateways ec2 describe-internet-gateways --filters "Name=attachment.vpc-id,Values=$vpc" --query InternetGateways
  field nat_gateways ec2 describe-nat-gateways --filter "$in_vpc" Name=state,Values=available --query NatGateways
  field vpc_endpoints ec2 describe-vpc-endpoints --filters "$in_vpc" --query VpcEndpoints
  field security_groups ec2 describe-security-groups --filters "$in_vpc" --query SecurityGroups
  names=$(text ec2 describe-security-groups --filters "$in_vpc" --query 'SecurityGroups[].GroupId')
  group_ids=$(printf '%s' "$names" | tr '\\t\\n' ',,')
  field security_group_rules ec2 describe-security-group-rules --filters "Name=group-id,Values=$group_ids" --query SecurityGroupRules

  issuer=$(text eks describe-cluster --name "$cluster" --query cluster.identity.oidc.issuer)
  field oidc_providers iam list-open-id-connect-providers --query "OpenIDConnectProviderList[?ends_with(Arn, '\${issuer#https://}')].Arn"
  cni=$(text eks list-pod-identity-associations --cluster-name "$cluster" --namespace kube-system --service-account aws-node --query 'associations[0].associationId')
  if [ "$cni" = None ]; then
    printf '"cni_policies": [],\\n'
  else
    cni_role=$(text eks describe-pod-identity-association --cluster-name "$cluster" --association-id "$cni" --query association.roleArn)
    field cni_policies iam list-attached-role-policies --role-name "\${cni_role##*/}" --query 'AttachedPolicies[].PolicyArn'
  fi
  auto_role=$(text eks describe-cluster --name "$cluster" --query cluster.computeConfig.nodeRoleArn)
  if [ "$auto_role" = None ]; then
    printf '"auto_node_policies": [],\\n'
  else
    field auto_node_policies iam list-attached-role-policies --role-name "\${auto_role##*/}" --query 'AttachedPolicies[].PolicyArn'
  fi
  field log_groups logs describe-log-groups --log-group-name-prefix "/aws/eks/$cluster/cluster" --query logGroups
  printf '"complete": true}\\n'
}

result=$(inventory)
printf '%s\\n' "$result"
`;
