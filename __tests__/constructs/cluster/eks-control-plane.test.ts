import type { ClusterRef } from "../../../constructs/cluster/cluster-ref";
import { EksControlPlane } from "../../../constructs/cluster/eks-control-plane";
import type { Cluster, Tfvars, Worker } from "../../../fleet/model/cluster";
import { clusterOf, network, type Part, workerOf } from "../../support/cluster";
import { controlPlaneProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthControlPlane(cluster: Part<Tfvars["cluster"]> = {}, rest: Partial<Cluster> = {}) {
  return synth((scope) => new EksControlPlane(scope, "eks", controlPlaneProps(clusterOf({ cluster }, rest))));
}

test("an IPv6 cluster has the service range that EKS chooses, and outputs it", () => {
  const cluster = clusterOf({ networking: { ip_family: "ipv6" } });
  const refs: ClusterRef[] = [];
  const tf = synth((scope) => {
    refs.push(new EksControlPlane(scope, "eks", controlPlaneProps(cluster)).ref);
  });

  expect(tf.only("aws_eks_cluster")["kubernetes_network_config"]).toEqual({ ip_family: "ipv6" });
  expect(refs[0]).toHaveProperty("service_ipv6_cidr");
});

test.each<[string, Part<Tfvars["cluster"]>, string[]]>([
  ["by name", { availability_zones: ["eu-west-1c", "eu-west-1a"] }, ["subnet-intra-a", "subnet-intra-c"]],
  ["by number", { availability_zones: 2 }, ["subnet-intra-a", "subnet-intra-b"]],
  [
    "with Auto Mode's pools, whose nodes are beside them",
    { availability_zones: 2, auto_mode: { enabled: true } },
    ["subnet-private-a", "subnet-private-b"],
  ],
])("the control plane has interfaces only in the zones that the cluster lists %s", (_how, settings, subnets) => {
  expect(synthControlPlane(settings).only("aws_eks_cluster")).toHaveProperty("vpc_config.subnet_ids", subnets);
});

test("a log group that exists is imported", () => {
  const imports = (existing_log_group: boolean) => synthControlPlane({ existing_log_group }).at("import");

  expect(imports(false)).toBeUndefined();
  expect(imports(true)).toEqual([
    { id: "/aws/eks/reference-eks-example-com/cluster", to: expect.stringContaining("aws_cloudwatch_log_group.") },
  ]);
});

test("the control plane has no interface in a local zone", () => {
  const props = controlPlaneProps(clusterOf({ cluster: { auto_mode: { enabled: true } } }));
  const local = { "us-west-2-lax-1a": "subnet-private-lax", ...network.subnet_ids.private };
  const withLocal = { ...network, subnet_ids: { ...network.subnet_ids, private: local } };
  const tf = synth((scope) => new EksControlPlane(scope, "eks", { ...props, network: withLocal }));

  expect(tf.only("aws_eks_cluster")).toHaveProperty("vpc_config.subnet_ids", [
    "subnet-private-a",
    "subnet-private-b",
    "subnet-private-c",
  ]);
});

describe("EksControlPlane", () => {
  test("may assign addresses to Windows pods in a cluster with Windows nodes", () => {
    const policies = (workers: readonly Worker[]) =>
      Object.values(
        synth((scope) => new EksControlPlane(scope, "eks", controlPlaneProps(clusterOf({ workers })))).all(
          "aws_iam_role_policy_attachment",
        ),
      ).map((attachment) => attachment["policy_arn"]);
    const windows = { ...workerOf({ name: "windows" }), ami_type: "WINDOWS_CORE_2022_x86_64" } as const;
    const policy = "arn:aws:iam::aws:policy/AmazonEKSVPCResourceController";

    expect(policies([workerOf({ name: "linux" })])).not.toContain(policy);
    expect(policies([workerOf({ name: "linux" }), windows])).toContain(policy);
  });

  test("renders only the keys that its definition sets", () => {
    const tf = synthControlPlane();

    expect(tf.only("aws_eks_cluster")).toEqual({
      name: "reference-eks-example-com",
      version: "1.35",
      role_arn: `\${${tf.addresses("aws_iam_role").find((address) => address.includes("eks_role"))}.arn}`,
      vpc_config: {
        subnet_ids: ["subnet-intra-a", "subnet-intra-b", "subnet-intra-c"],
        security_group_ids: [`\${${tf.addresses("aws_security_group")[0]}.id}`],
        endpoint_private_access: true,
        endpoint_public_access: false,
      },
      kubernetes_network_config: { ip_family: "ipv4", service_ipv4_cidr: "172.20.0.0/16" },
      encryption_config: {
        provider: { key_arn: `\${${tf.addresses("aws_kms_key")[0]}.arn}` },
        resources: ["secrets"],
      },
      enabled_cluster_log_types: ["audit", "api", "authenticator"],
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      upgrade_policy: { support_type: "EXTENDED" },
      bootstrap_self_managed_addons: false,
      deletion_protection: false,
      depends_on: expect.any(Array),
      lifecycle: {
        ignore_changes: [
          "bootstrap_self_managed_addons",
          "access_config[0].bootstrap_cluster_creator_admin_permissions",
          "encryption_config[0].provider[0].key_arn",
          "zonal_shift_config",
        ],
        postcondition: [
          {
            condition: `\${(self.encryption_config.0.provider.0.key_arn == ${tf.addresses("aws_kms_key")[0]}.arn)}`,
            error_message: expect.stringContaining("EKS cannot change the key"),
          },
        ],
        prevent_destroy: false,
      },
    });
    expect(tf.addresses("aws_security_group")[0]).toContain("control-plane");
  });

  test("is created after its log group, which EKS would create without retention, and after its role's policies", () => {
    const tf = synthControlPlane({ cluster_log_retention_days: 365 });

    expect(tf.only("aws_eks_cluster")["depends_on"]).toEqual([
      ...tf.addresses("aws_iam_role").filter((address) => address.includes("eks_role")),
      ...tf.addresses("aws_iam_role_policy_attachment").filter((address) => address.includes("eks_role")),
      ...tf.addresses("aws_cloudwatch_log_group"),
    ]);
    expect(tf.only("aws_cloudwatch_log_group")).toEqual({
      name: "/aws/eks/reference-eks-example-com/cluster",
      retention_in_days: 365,
    });
  });

  test("its private endpoint admits the VPC's ranges, not only nodes", () => {
    const ranges = (tf: ReturnType<typeof synthControlPlane>) =>
      Object.values(tf.all("aws_vpc_security_group_ingress_rule")).flatMap((rule) => rule["cidr_ipv4"] ?? []);

    expect(ranges(synthControlPlane())).toEqual([network.vpc_cidr_block]);
    expect(
      ranges(
        synthControlPlane({
          endpoint_private_access: false,
          endpoint_public_access: true,
          public_access_cidrs: ["192.0.2.0/24"],
        }),
      ),
    ).toEqual([]);
  });

  test("is open on the internet for the listed ranges only", () => {
    const tf = synthControlPlane({
      endpoint_public_access: true,
      public_access_cidrs: ["192.0.2.0/24"],
      public_access_ipv6_cidrs: ["2001:db8::/48"],
    });

    expect(tf.only("aws_eks_cluster")["vpc_config"]).toMatchObject({
      endpoint_public_access: true,
      public_access_cidrs: ["192.0.2.0/24", "2001:db8::/48"],
    });
  });

  test("refuses a public endpoint without ranges, which would be open to all", () => {
    expect(() => synthControlPlane({ endpoint_public_access: true })).toThrow(
      "endpoint_public_access requires public_access_cidrs (at test/eks)",
    );
  });

  test("a protected cluster is deleted neither by EKS nor by a plan", () => {
    const cluster = synthControlPlane({ deletion_protection: true }).only("aws_eks_cluster");

    expect(cluster["deletion_protection"]).toBe(true);
    expect(cluster["lifecycle"]).toMatchObject({ prevent_destroy: true });
  });

  test("its role trusts EKS for this cluster alone", () => {
    const tf = synthControlPlane({}, { partition: "aws-us-gov" });
    const role = tf.only("aws_iam_role", "eks_role");

    expect(role["name"]).toBe("reference-eks-example-com-control-plane");
    expect(JSON.parse(String(role["assume_role_policy"])).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws-us-gov:eks:eu-west-1:111111111111:cluster/reference-eks-example-com" },
        },
      },
    ]);
    expect(tf.only("aws_iam_role_policy_attachment", "eks_role")["policy_arn"]).toBe(
      "arn:aws-us-gov:iam::aws:policy/AmazonEKSClusterPolicy",
    );
  });

  test("IAM trusts the cluster's service account tokens with the audience STS", () => {
    const tf = synthControlPlane();

    expect(tf.only("aws_iam_openid_connect_provider")).toEqual({
      url: `\${${tf.addresses("aws_eks_cluster")[0]}.identity[0].oidc[0].issuer}`,
      client_id_list: ["sts.amazonaws.com"],
      tags: { Name: "reference-eks-example-com" },
    });
  });
});
