# A cluster of a team with Terraform code of its own: other names, other tags, another layout of subnets.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/cluster-deploy"
  }
}

locals {
  name  = "shop-dev"
  zones = { a = "eu-west-1a", b = "eu-west-1b" }
  from_control_plane = { api = 443, kubelet = 10250, metrics = 10251, metrics_old = 4443, adapter = 6443, vpa = 8000, hooks_8443 = 8443, hooks_9443 = 9443 }
  policies = "arn:aws:eks::aws:cluster-access-policy"
  access = {
    "cluster-deploy" = "AmazonEKSClusterAdminPolicy"
    "cluster-plan"   = "AmazonEKSAdminViewPolicy"
    "platform-admin" = "AmazonEKSClusterAdminPolicy"
    "developers"     = "AmazonEKSEditPolicy"
  }
}

resource "aws_vpc" "main" {
  cidr_block           = "10.100.0.0/16"
  instance_tenancy     = "default"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = "shop" }
}

resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.main.id
}

resource "aws_internet_gateway" "out" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "nodes" {
  for_each          = local.zones
  vpc_id            = aws_vpc.main.id
  availability_zone = each.value
  cidr_block        = each.key == "a" ? "10.100.32.0/19" : "10.100.64.0/19"

  map_public_ip_on_launch = false
}

resource "aws_subnet" "edge" {
  for_each          = local.zones
  vpc_id            = aws_vpc.main.id
  availability_zone = each.value
  cidr_block        = each.key == "a" ? "10.100.0.0/22" : "10.100.4.0/22"

  map_public_ip_on_launch = false
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "nat" {
  allocation_id = aws_eip.nat.allocation_id
  subnet_id     = aws_subnet.edge["b"].id
}

resource "aws_route_table" "edge" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "edge" {
  route_table_id         = aws_route_table.edge.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.out.id
}

resource "aws_route_table_association" "edge" {
  for_each       = local.zones
  subnet_id      = aws_subnet.edge[each.key].id
  route_table_id = aws_route_table.edge.id
}

resource "aws_route_table" "nodes" {
  for_each = local.zones
  vpc_id   = aws_vpc.main.id
}

resource "aws_route" "nodes" {
  for_each               = local.zones
  route_table_id         = aws_route_table.nodes[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat.id
}

resource "aws_route_table_association" "nodes" {
  for_each       = local.zones
  subnet_id      = aws_subnet.nodes[each.key].id
  route_table_id = aws_route_table.nodes[each.key].id
}

resource "aws_iam_role" "cluster" {
  name = "ShopClusterRole"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "eks.amazonaws.com" } }]
  })
}

resource "aws_security_group" "cluster" {
  name        = "shop-cluster-sg"
  description = "made by hand once"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group" "nodes" {
  name        = "shop-nodes-sg"
  description = "made by hand twice"
  vpc_id      = aws_vpc.main.id
  tags        = { "kubernetes.io/cluster/${local.name}" = "owned" }
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  security_group_id            = aws_security_group.cluster.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_ingress_rule" "vpc" {
  security_group_id = aws_security_group.cluster.id
  cidr_ipv4         = aws_vpc.main.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "from_control_plane" {
  for_each                     = local.from_control_plane
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.cluster.id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}

resource "aws_vpc_security_group_ingress_rule" "dns" {
  for_each                     = toset(["tcp", "udp"])
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = each.value
  from_port                    = 53
  to_port                      = 53
}

resource "aws_vpc_security_group_ingress_rule" "high" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 1025
  to_port                      = 65535
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "-1"
}

resource "aws_vpc_security_group_egress_rule" "nodes" {
  security_group_id = aws_security_group.nodes.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_cloudwatch_log_group" "cluster" {
  name              = "/aws/eks/${local.name}/cluster"
  retention_in_days = 30
}

resource "aws_eks_cluster" "shop" {
  name                          = local.name
  version                       = "1.35"
  role_arn                      = aws_iam_role.cluster.arn
  enabled_cluster_log_types     = ["audit"]
  bootstrap_self_managed_addons = false
  vpc_config {
    subnet_ids              = [for subnet in aws_subnet.nodes : subnet.id]
    security_group_ids      = [aws_security_group.cluster.id]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = ["192.0.2.0/24"]
  }
  kubernetes_network_config {
    service_ipv4_cidr = "172.20.0.0/16"
    dynamic "elastic_load_balancing" {
      for_each = var.auto_mode ? [true] : []
      content {
        enabled = true
      }
    }
  }
  dynamic "compute_config" {
    for_each = var.auto_mode ? [true] : []
    content {
      enabled       = true
      node_pools    = ["general-purpose"]
      node_role_arn = aws_iam_role.auto_node[0].arn
    }
  }
  dynamic "storage_config" {
    for_each = var.auto_mode ? [true] : []
    content {
      block_storage {
        enabled = true
      }
    }
  }
  upgrade_policy {
    support_type = "EXTENDED"
  }
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
  depends_on = [aws_cloudwatch_log_group.cluster]
}

resource "aws_iam_openid_connect_provider" "shop" {
  url            = aws_eks_cluster.shop.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_eks_access_entry" "shop" {
  for_each      = local.access
  cluster_name  = aws_eks_cluster.shop.name
  principal_arn = "arn:aws:iam::222222222222:role/${each.key}"
  type          = "STANDARD"
}

resource "aws_eks_access_policy_association" "shop" {
  for_each      = local.access
  cluster_name  = aws_eks_cluster.shop.name
  principal_arn = aws_eks_access_entry.shop[each.key].principal_arn
  policy_arn    = "${local.policies}/${each.value}"
  access_scope {
    type       = each.key == "developers" ? "namespace" : "cluster"
    namespaces = each.key == "developers" ? ["default"] : null
  }
}

resource "aws_iam_role" "cni" {
  name = "ShopCni"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole", "sts:TagSession"], Principal = { Service = "pods.eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "cni" {
  role       = aws_iam_role.cni.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"
}

resource "aws_eks_addon" "plain" {
  for_each      = { "kube-proxy" = "v1.35.3-eksbuild.11", "eks-pod-identity-agent" = "v1.3.10-eksbuild.3" }
  cluster_name  = aws_eks_cluster.shop.name
  addon_name    = each.key
  addon_version = each.value
}

resource "aws_eks_addon" "cni" {
  cluster_name         = aws_eks_cluster.shop.name
  addon_name           = "vpc-cni"
  addon_version        = "v1.21.1-eksbuild.3"
  configuration_values = jsonencode({ enableNetworkPolicy = "true" })
  pod_identity_association {
    role_arn        = aws_iam_role.cni.arn
    service_account = "aws-node"
  }
}

variable "auto_mode" {
  type    = bool
  default = false
}

resource "aws_iam_role" "auto_node" {
  count = var.auto_mode ? 1 : 0
  name  = "ShopAutoNode"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "auto_node" {
  for_each   = var.auto_mode ? toset(["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"]) : []
  role       = aws_iam_role.auto_node[0].name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}
