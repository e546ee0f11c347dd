import { Addons } from "../../../constructs/addons/addons";
import type { Cluster } from "../../../fleet/model/cluster";
import { addonsProps } from "../../support/props";
import { synth } from "../../support/synth";
import { ALL, clusterWith } from "./support";

const built = (cluster: Cluster) => synth((scope) => new Addons(scope, "addons", addonsProps(cluster)));
const json = (block: Readonly<Record<string, unknown>>, key: string) => JSON.parse(String(block[key]));

describe("A Helm addon", () => {
  const tf = built(clusterWith(["cluster_autoscaler"]));
  const role = "aws_iam_role.addons_cluster_autoscaler_role_FC37567C";

  test("is a release of the chart that the release pins", () => {
    const { values, ...release } = tf.only("helm_release");

    expect(release).toEqual({
      name: "cluster-autoscaler",
      namespace: "kube-system",
      repository: "https://charts.example.com",
      chart: "the-cluster_autoscaler-chart",
      version: "1.2.3",
      wait: true,
      atomic: true,
      cleanup_on_fail: true,
      timeout: 600,
      max_history: 5,
      depends_on: [
        role,
        "aws_iam_role_policy.addons_cluster_autoscaler_role_policy_06354A99",
        "terraform_data.addons_cluster_autoscaler_identity-effective_1824F2D0",
      ],
    });
    expect(values).toHaveLength(1);
    expect(JSON.parse(String((values as string[])[0]))).toMatchObject({ awsRegion: "eu-west-1", replicaCount: 1 });
  });

  test("is not installed before its role is effective, because pods that are created earlier never get it", () => {
    expect(tf.only("terraform_data")).toEqual({
      triggers_replace: {
        identity: "${aws_eks_pod_identity_association.addons_cluster_autoscaler_identity_397FBDAE.association_id}",
      },
      provisioner: [{ "local-exec": { command: "sleep 15" } }],
    });
  });

  test("has a role by Pod Identity, for one service account in one cluster", () => {
    expect(tf.only("aws_eks_pod_identity_association")).toEqual({
      cluster_name: "reference-eks-example-com",
      namespace: "kube-system",
      service_account: "cluster-autoscaler",
      role_arn: `\${${role}.arn}`,
    });
    expect(tf.only("aws_iam_role")["name"]).toBe("reference-eks-example-com-cluster-autoscaler");
    expect(json(tf.only("aws_iam_role"), "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-west-1:111111111111:cluster/reference-eks-example-com",
              "aws:RequestTag/kubernetes-namespace": "kube-system",
              "aws:RequestTag/kubernetes-service-account": "cluster-autoscaler",
            },
          },
        },
      ],
    });
  });

  test("has the addon's permissions, in IAM's spelling", () => {
    const { policy, ...rest } = tf.only("aws_iam_role_policy");

    expect(rest).toEqual({ name: "addon", role: `\${${role}.name}` });
    expect(JSON.parse(String(policy)).Statement[2]).toEqual({
      Sid: "Resize",
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: ["arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:*:autoScalingGroupName/*"],
      Condition: {
        StringEquals: { "autoscaling:ResourceTag/kubernetes.io/cluster/reference-eks-example-com": "owned" },
      },
    });
  });

  test("that calls no AWS API has no role", () => {
    expect(built(clusterWith(["metrics_server"])).addresses()).toEqual(["helm_release.addons_metrics_server_59C5201E"]);
  });

  test("labels its own namespace, and is installed after it", () => {
    const headlamp = built(clusterWith(["headlamp"]));

    expect(headlamp.only("kubernetes_namespace_v1")).toEqual({
      metadata: { name: "headlamp", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
      timeouts: { delete: "15m" },
      depends_on: [],
    });
    expect(headlamp.only("helm_release")["depends_on"]).toEqual(headlamp.addresses("kubernetes_namespace_v1"));
    expect(headlamp.only("helm_release")).toMatchObject({ wait: false, atomic: false });
  });

  test("is removed with its namespace before the driver of its volumes", () => {
    const tf = built(clusterWith(["kube_prometheus_stack", "aws_ebs_csi_driver"]));

    expect(tf.only("kubernetes_namespace_v1")["depends_on"]).toEqual(tf.addresses("aws_eks_addon"));
  });

  test("is refused without a chart in the release", () => {
    const cluster = clusterWith(["headlamp"]);

    expect(() => built({ ...cluster, release: { ...cluster.release, charts: {} } })).toThrow(
      "release 2026.10 has no chart for headlamp",
    );
  });
});

describe("An EKS add-on", () => {
  const cluster = clusterWith(["aws_ebs_csi_driver"], {
    aws_ebs_csi_driver: { values: { controller: { replicaCount: 5 }, node: { logLevel: 4 } } },
  });

  test("has the version that the release pins, with its own role association", () => {
    const { configuration_values, ...addon } = built(cluster).only("aws_eks_addon");

    expect(addon).toEqual({
      cluster_name: "reference-eks-example-com",
      addon_name: "aws-ebs-csi-driver",
      addon_version: "v2.0.0-eksbuild.2",
      resolve_conflicts_on_create: "OVERWRITE",
      resolve_conflicts_on_update: "OVERWRITE",
      pod_identity_association: [
        {
          role_arn: "${aws_iam_role.addons_aws_ebs_csi_driver_role_393E2732.arn}",
          service_account: "ebs-csi-controller-sa",
        },
      ],
      timeouts: { create: "25m", update: "25m", delete: "10m" },
      depends_on: [
        "aws_iam_role.addons_aws_ebs_csi_driver_role_393E2732",
        "aws_iam_role_policy.addons_aws_ebs_csi_driver_role_policy_7BC7FBCB",
      ],
    });
    expect(JSON.parse(String(configuration_values))).toEqual({
      controller: { extraVolumeTags: {}, replicaCount: 5 },
      node: { hostNetwork: true, logLevel: 4 },
    });
  });

  test("a null removes a default setting, because EKS's schema accepts no null", () => {
    const without = clusterWith(["coredns"], { coredns: { values: { resources: null } } });

    expect(Object.keys(json(built(without).only("aws_eks_addon"), "configuration_values"))).toEqual([
      "autoScaling",
      "podDisruptionBudget",
      "tolerations",
      "topologySpreadConstraints",
    ]);
  });

  test("is refused without a version in the release", () => {
    const kubernetes = { ...cluster.release.kubernetes, eks_addons: {} };

    expect(() => built({ ...cluster, release: { ...cluster.release, kubernetes } })).toThrow(
      "release 2026.10 has no version of the EKS add-on aws-ebs-csi-driver",
    );
  });
});

test("an addon without statements has no role, because IAM accepts no empty policy", () => {
  const tf = built(clusterWith(["aws_mountpoint_s3_csi_driver"]));
  const some = { aws_mountpoint_s3_csi_driver: { options: { read_buckets: ["corpus"] } } };

  expect(tf.addresses()).toEqual(["aws_eks_addon.addons_aws_mountpoint_s3_csi_driver_74C24827"]);
  expect(tf.only("aws_eks_addon")).not.toHaveProperty("pod_identity_association");
  expect(built(clusterWith(["aws_mountpoint_s3_csi_driver"], some)).addresses("aws_iam_role")).toHaveLength(1);
});

describe("Objects of an addon", () => {
  const tf = built(clusterWith(["cert_manager"]));

  test("are a release of the local chart, after the addon's release", () => {
    const { values, chart, ...release } = tf.only("helm_release", "cert_manager_manifests");

    expect(release).toEqual({
      name: "cert-manager-manifests",
      namespace: "cert-manager",
      wait: true,
      atomic: true,
      cleanup_on_fail: true,
      timeout: 600,
      max_history: 5,
      depends_on: ["helm_release.addons_cert_manager_ECDBD688"],
    });
    expect(chart).toMatch(/^\.\/assets\/addons_manifests_chart_3B154FC9\/[0-9A-F]{32}\/?$/);
    expect(JSON.parse(String((values as string[])[0])).manifests.map(({ kind }: { kind: string }) => kind)).toEqual([
      "ClusterIssuer",
    ]);
  });

  test("whose kind another addon installs are created after that addon too", () => {
    const both = built(clusterWith(["cluster_autoscaler", "kube_prometheus_stack"]));

    expect(both.only("helm_release", "cluster_autoscaler_manifests")["depends_on"]).toEqual([
      "helm_release.addons_cluster_autoscaler_7202E9DD",
      "helm_release.addons_kube_prometheus_stack_794A0734",
    ]);
  });

  test("never go through kubernetes_manifest", () => {
    expect(built(clusterWith(ALL)).addresses("kubernetes_manifest")).toEqual([]);
  });
});

describe("The order of addons", () => {
  test("follows the requirements among the installed addons", () => {
    const tf = built(clusterWith(["vertical_pod_autoscaler", "metrics_server", "coredns"]));

    expect(tf.only("helm_release", "vertical_pod_autoscaler")["depends_on"]).toEqual([
      "helm_release.addons_metrics_server_59C5201E",
      "aws_eks_addon.addons_coredns_63ED9C2D",
    ]);
    expect(tf.only("aws_eks_addon")["depends_on"]).toBeUndefined();
  });

  test("the same cluster gives the same JSON", () => {
    expect(built(clusterWith(ALL)).text).toBe(built(clusterWith(ALL)).text);
  });
});

test("no role's name exceeds IAM's limit, however long the cluster's name is", () => {
  const name = `${"a-long-name.".repeat(7)}example.com`;
  const roles = built(clusterWith(ALL, {}, { name, slug: name.replaceAll(".", "-") })).all("aws_iam_role");
  const names = Object.values(roles).map((role) => String(role["name"]));

  expect(names.filter((it) => it.length > 64)).toEqual([]);
  expect(names.length).toBeGreaterThan(1);
  expect(new Set(names).size).toBe(names.length);
});

test("outputs what it installed", () => {
  synth((scope) => {
    const { installed } = new Addons(scope, "addons", addonsProps(clusterWith(["coredns", "headlamp"])));

    expect(installed).toEqual({
      coredns: { namespace: "kube-system", version: "v1.0.0-eksbuild.1" },
      headlamp: { namespace: "headlamp", version: "1.2.3" },
    });
  });
});

describe("Network policies", () => {
  test("are one release after all addons, if the definition enables them", () => {
    const tf = built(clusterWith(["dex", "metrics_server"], { network_policies_enabled: true }));
    const { depends_on, name, values } = tf.only("helm_release", "network_policies");
    const [{ kind, metadata }] = JSON.parse(String((values as string[])[0])).manifests;

    expect(name).toBe("network-policies-manifests");
    expect([kind, metadata]).toEqual(["NetworkPolicy", { name: "platform", namespace: "dex" }]);
    expect(depends_on).toEqual(tf.addresses("helm_release").filter((address) => !address.includes("network_policies")));
  });

  test.each([
    [true, false, true],
    [true, true, false],
    [false, true, false],
  ])("with Auto Mode %s and the VPC CNI %s, the switch of Auto Mode is installed: %s", (autoMode, cni, switched) => {
    const cluster = clusterWith(["dex"], { network_policies_enabled: true });
    const { auto_mode, vpc_cni } = cluster.tfvars.cluster;
    const own = { auto_mode: { ...auto_mode, enabled: autoMode }, vpc_cni: { ...vpc_cni, enabled: cni } };
    const tfvars = { ...cluster.tfvars, cluster: { ...cluster.tfvars.cluster, ...own } };
    const { values } = built({ ...cluster, tfvars }).only("helm_release", "network_policies");

    expect(String(values).includes('"kind":"ConfigMap"')).toBe(switched);
  });

  test("do not exist by default", () => {
    const releases = built(clusterWith(["dex"])).addresses("helm_release");

    expect(releases.filter((address) => address.includes("network_policies"))).toEqual([]);
  });
});

test("the classes of Auto Mode's controllers exist if the definition enables them", () => {
  const autoMode = (default_classes: boolean) => {
    const cluster = clusterWith([]);
    const auto_mode = { ...cluster.tfvars.cluster.auto_mode, enabled: true, default_classes };
    const tfvars = { ...cluster.tfvars, workers: [], cluster: { ...cluster.tfvars.cluster, auto_mode } };
    return built({ ...cluster, tfvars });
  };
  expect(autoMode(false).addresses("helm_release")).toEqual([]);
  const release = autoMode(true).only("helm_release");

  expect(release).toMatchObject({ name: "auto-mode-classes-manifests", namespace: "kube-system" });
  expect(JSON.parse(String((release["values"] as string[])[0])).manifests).toEqual([
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.eks.amazonaws.com",
      parameters: { type: "gp3", encrypted: "true" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    {
      apiVersion: "eks.amazonaws.com/v1",
      kind: "IngressClassParams",
      metadata: { name: "alb" },
      spec: { scheme: "internal" },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "alb" },
      spec: {
        controller: "eks.amazonaws.com/alb",
        parameters: { apiGroup: "eks.amazonaws.com", kind: "IngressClassParams", name: "alb" },
      },
    },
  ]);
});
