import { ManagedNodeGroup } from "../../../constructs/workers/managed-node-group";
import { SelfManagedNodeGroup } from "../../../constructs/workers/self-managed-node-group";
import { Workers } from "../../../constructs/workers/workers";
import type { Worker } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { groupProps, workersProps } from "../../support/props";
import { type Block, synth } from "../../support/synth";

function synthManaged(settings: Part<Worker>) {
  const worker = workerOf({ name: "general", ...settings });
  return synth((scope) => new ManagedNodeGroup(scope, "general", groupProps("managed", worker)));
}

function synthOwn(settings: Part<Worker>) {
  const worker = workerOf({ name: "own", ...settings });
  return synth((scope) => new SelfManagedNodeGroup(scope, "own", groupProps("self_managed", worker)));
}

const managed = (settings: Part<Worker>) => synthManaged(settings).only("aws_eks_node_group");
const own = (settings: Part<Worker>) => synthOwn(settings).only("aws_autoscaling_group");
const template = (settings: Part<Worker>) => synthManaged(settings).only("aws_launch_template");
const mix = (settings: Part<Worker>) => own(settings)["mixed_instances_policy"] as Record<string, Block>;

describe("instances of a self-managed group", () => {
  const requirements = {
    vcpu_count: { min: 4, max: 16 },
    memory_mib: { min: 16384 },
    memory_gib_per_vcpu: { min: 2, max: 8.5 },
    cpu_manufacturers: ["intel", "amd"],
    instance_generations: ["current"],
    excluded_instance_types: ["m5.*", "r5.large"],
    burstable_performance: "excluded",
    bare_metal: "excluded",
    local_storage: "required",
    local_storage_types: ["ssd"],
    total_local_storage_gb: { min: 100 },
    network_bandwidth_gbps: { min: 10 },
    network_interface_count: { max: 8 },
    baseline_ebs_bandwidth_mbps: { min: 500 },
    accelerator_count: { max: 0 },
    accelerator_manufacturers: ["nvidia"],
    accelerator_names: ["a10g"],
    accelerator_types: ["gpu"],
    accelerator_total_memory_mib: { min: 1024 },
    spot_max_price_percentage_over_lowest_price: 50,
    on_demand_max_price_percentage_over_lowest_price: 0,
  } as const;

  test("are selected by the definition's requirements only", () => {
    expect(mix({ instance_requirements: requirements })["launch_template"]?.["override"]).toEqual([
      { instance_requirements: requirements },
    ]);
  });

  test("that are selected by requirements have no order", () => {
    const strategy = (settings: Part<Worker>) =>
      mix({ spot_price: 0.1, ...settings })["instances_distribution"]?.["on_demand_allocation_strategy"];

    expect(strategy({})).toBe("prioritized");
    expect(strategy({ instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } } })).toBe(
      "lowest-price",
    );
    expect(strategy({ on_demand_allocation_strategy: "lowest-price" })).toBe("lowest-price");
  });

  test("have the definition's weights", () => {
    const settings = {
      instance_types: ["m6i.large", "m6i.xlarge"],
      instance_weights: { "m6i.large": 1, "m6i.xlarge": 2 },
    };

    expect(mix(settings)["launch_template"]?.["override"]).toEqual([
      { instance_type: "m6i.large", weighted_capacity: "1" },
      { instance_type: "m6i.xlarge", weighted_capacity: "2" },
    ]);
  });
});

describe("where instances start", () => {
  test.each<[string, Part<Worker>, Block]>([
    [
      "in a reservation",
      { capacity_reservation: { id: "cr-0123456789abcdef0" } },
      { capacity_reservation_target: { capacity_reservation_id: "cr-0123456789abcdef0" } },
    ],
    [
      "in a group of reservations",
      { capacity_reservation: { resource_group_arn: "arn:aws:resource-groups:eu-west-1:111111111111:group/gpu" } },
      {
        capacity_reservation_target: {
          capacity_reservation_resource_group_arn: "arn:aws:resource-groups:eu-west-1:111111111111:group/gpu",
        },
      },
    ],
    [
      "in no reservation",
      { capacity_reservation: { preference: "none" } },
      { capacity_reservation_preference: "none" },
    ],
  ])("%s", (_what, settings, expected) => {
    expect(template(settings)["capacity_reservation_specification"]).toEqual(expected);
    expect(template(settings)).not.toHaveProperty("instance_market_options");
  });

  test("in a capacity block: the type is in the template, and the group has its market type", () => {
    const settings = {
      capacity_type: "CAPACITY_BLOCK",
      capacity_reservation: { id: "cr-0123456789abcdef0" },
      instance_types: ["p5.48xlarge"],
      availability_zones: ["eu-west-1a"],
    } as const;

    expect(managed(settings)["capacity_type"]).toBe("CAPACITY_BLOCK");
    expect(managed(settings)).not.toHaveProperty("instance_types");
    expect(template(settings)).toMatchObject({
      instance_type: "p5.48xlarge",
      instance_market_options: { market_type: "capacity-block" },
      capacity_reservation_specification: {
        capacity_reservation_target: { capacity_reservation_id: "cr-0123456789abcdef0" },
      },
    });
    expect(managed({ ...settings, instance_types: ["p5e.48xlarge"] })["node_group_name"]).toBe(
      managed(settings)["node_group_name"],
    );
    expect(managed({ ...settings, capacity_type: "ON_DEMAND" })["node_group_name"]).not.toBe(
      managed(settings)["node_group_name"],
    );
  });

  test("in a placement group that is created", () => {
    const tf = synthManaged({ placement_group: { strategy: "partition", partition_count: 3 } });
    const [address] = tf.addresses("aws_placement_group");

    expect(tf.only("aws_placement_group")).toEqual({
      name: "reference-eks-example-com-general-partition-3",
      strategy: "partition",
      partition_count: 3,
      lifecycle: { create_before_destroy: true },
    });
    expect(tf.only("aws_launch_template")["placement"]).toEqual({ group_name: `\${${address}.name}` });
  });

  test("in an existing placement group, on dedicated hosts", () => {
    const host_resource_group_arn = "arn:aws:resource-groups:eu-west-1:111111111111:group/hosts";
    const tf = synthManaged({ placement_group: { existing_name: "near" }, tenancy: "host", host_resource_group_arn });

    expect(tf.addresses("aws_placement_group")).toEqual([]);
    expect(tf.only("aws_launch_template")["placement"]).toEqual({
      group_name: "near",
      tenancy: "host",
      host_resource_group_arn,
    });
  });

  test("without a placement", () => {
    for (const key of [
      "placement",
      "credit_specification",
      "capacity_reservation_specification",
      "network_interfaces",
      "instance_type",
    ]) {
      expect(template({})).not.toHaveProperty(key);
    }
  });

  test("with credits", () => {
    expect(template({ instance_types: ["t3.large"], cpu_credits: "unlimited" })["credit_specification"]).toEqual({
      cpu_credits: "unlimited",
    });
  });

  test("with adapters after the first network card, which supports none on a p6-b300.48xlarge", () => {
    const interfaces = template({ efa_interface_count: 16, instance_types: ["p6-b300.48xlarge"] })[
      "network_interfaces"
    ];

    expect(
      (interfaces as Record<string, unknown>[]).map((each) => [
        each["network_card_index"],
        each["device_index"],
        each["interface_type"],
      ]),
    ).toEqual([[0, 0, "interface"], ...Array.from({ length: 16 }, (_, card) => [card + 1, 0, "efa-only"])]);
  });

  test.each([["managed", synthManaged, "general"] as const, ["self-managed", synthOwn, "own"] as const])(
    "with adapters for the fabric, in a %s group: security groups are on the interfaces, and one admits the fabric",
    (_kind, synthGroup, name) => {
      const tf = synthGroup({
        efa_interface_count: 2,
        placement_group: { strategy: "cluster" },
        availability_zones: ["eu-west-1a"],
      });
      const group = `\${${tf.addresses("aws_security_group")[0]}.id}`;
      const security_groups = ["sg-node", group];

      expect(tf.only("aws_launch_template")).not.toHaveProperty("vpc_security_group_ids");
      expect(tf.only("aws_launch_template")["network_interfaces"]).toEqual([
        {
          device_index: 0,
          network_card_index: 0,
          interface_type: "efa",
          delete_on_termination: "true",
          security_groups,
        },
        {
          device_index: 1,
          network_card_index: 1,
          interface_type: "efa-only",
          delete_on_termination: "true",
          security_groups,
        },
      ]);
      expect(tf.only("aws_security_group")).toEqual({
        name: `reference-eks-example-com-efa-${name}`,
        description: `Elastic Fabric Adapters of the worker group ${name}`,
        vpc_id: "vpc-1",
        tags: { Name: `reference-eks-example-com-efa-${name}` },
      });
      for (const type of ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"]) {
        expect(tf.only(type)).toMatchObject({
          security_group_id: group,
          referenced_security_group_id: group,
          ip_protocol: "-1",
        });
      }
    },
  );
});

test("tags of the definition are on the group, managed or not", () => {
  const disk = "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage";
  const group_tags = { Purpose: "batch", [disk]: "1Gi" };
  const tf = synthManaged({ group_tags });

  for (const [key, value] of Object.entries(group_tags))
    expect(own({ group_tags })["tag"]).toContainEqual({ key, value, propagate_at_launch: false });
  expect(tf.only("aws_autoscaling_group_tag", "ephemeral")["tag"]).toMatchObject({ key: disk, value: "1Gi" });
  expect(tf.only("aws_eks_node_group")["tags"]).toEqual(group_tags);
  expect(tf.only("aws_autoscaling_group_tag", "Purpose")["tag"]).toEqual({
    key: "Purpose",
    value: "batch",
    propagate_at_launch: false,
  });
});

test("the template has licenses and memory encryption if the definition sets them", () => {
  const arn = `arn:aws:license-manager:eu-west-1:111111111111:license-configuration:lic-${"0".repeat(32)}`;

  expect(template({ license_configuration_arns: [arn], cpu_options: { amd_sev_snp: "enabled" } })).toMatchObject({
    license_specification: [{ license_configuration_arn: arn }],
    cpu_options: { amd_sev_snp: "enabled" },
  });
});

describe("an Auto Scaling group of the program", () => {
  test("has the definition's settings", () => {
    expect(
      own({
        suspended_processes: ["AZRebalance", "ReplaceUnhealthy"],
        termination_policies: ["OldestLaunchTemplate", "Default"],
        max_instance_lifetime_days: 7,
        health_check_grace_period_seconds: 0,
        enabled_metrics: ["GroupInServiceInstances"],
        protect_from_scale_in: true,
        health_check_type: "ELB",
        default_instance_warmup_seconds: 0,
        instance_maintenance_policy: { min_healthy_percentage: 90, max_healthy_percentage: 120 },
      }),
    ).toMatchObject({
      suspended_processes: ["AZRebalance", "ReplaceUnhealthy"],
      termination_policies: ["OldestLaunchTemplate", "Default"],
      max_instance_lifetime: 604_800,
      health_check_grace_period: 0,
      enabled_metrics: ["GroupInServiceInstances"],
      protect_from_scale_in: true,
      health_check_type: "ELB",
      default_instance_warmup: 0,
      instance_maintenance_policy: { min_healthy_percentage: 90, max_healthy_percentage: 120 },
    });
  });

  test("uses a capacity block by its template alone, without a mixed policy", () => {
    const tf = synthOwn({
      kind: "self_managed",
      capacity_type: "CAPACITY_BLOCK",
      capacity_reservation: { id: "cr-0123456789abcdef0" },
      instance_types: ["p5.48xlarge"],
    });
    const template = tf.addresses("aws_launch_template")[0];

    expect(tf.only("aws_autoscaling_group")).not.toHaveProperty("mixed_instances_policy");
    expect(tf.only("aws_autoscaling_group")).not.toHaveProperty("warm_pool");
    expect(tf.only("aws_autoscaling_group")["launch_template"]).toEqual({
      id: `\${${template}.id}`,
      version: `\${${template}.latest_version}`,
    });
    expect(tf.only("aws_launch_template")).toMatchObject({
      instance_type: "p5.48xlarge",
      instance_market_options: { market_type: "capacity-block" },
    });
  });

  test("uses the definition's number of spot pools, and rebalances in a mixed policy too", () => {
    const group = own({
      on_demand_percentage_above_base_capacity: 50,
      spot_allocation_strategy: "lowest-price",
      spot_instance_pools: 4,
    });

    expect(group["capacity_rebalance"]).toBe(true);
    expect((group["mixed_instances_policy"] as Record<string, Block>)["instances_distribution"]).toMatchObject({
      on_demand_percentage_above_base_capacity: 50,
      spot_allocation_strategy: "lowest-price",
      spot_instance_pools: 4,
    });
  });

  test("has the definition's lifecycle hooks at the start and the end of instances", () => {
    const tf = synthOwn({
      lifecycle_hooks: [
        {
          name: "inventory",
          transition: "launching",
          heartbeat_timeout_seconds: 120,
          default_result: "ABANDON",
          notification_target_arn: "arn:aws:sqs:eu-west-1:111111111111:inventory",
          role_arn: "arn:aws:iam::111111111111:role/tells-inventory",
          notification_metadata: "of the cluster",
        },
        { name: "bye", transition: "terminating", heartbeat_timeout_seconds: 30, default_result: "CONTINUE" },
      ],
    });
    const autoscaling_group_name = `\${${tf.addresses("aws_autoscaling_group")[0]}.name}`;

    expect(tf.only("aws_autoscaling_lifecycle_hook", "inventory")).toEqual({
      name: "inventory",
      autoscaling_group_name,
      lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      heartbeat_timeout: 120,
      default_result: "ABANDON",
      notification_target_arn: "arn:aws:sqs:eu-west-1:111111111111:inventory",
      role_arn: "arn:aws:iam::111111111111:role/tells-inventory",
      notification_metadata: "of the cluster",
    });
    expect(tf.only("aws_autoscaling_lifecycle_hook", "bye")).toEqual({
      name: "bye",
      autoscaling_group_name,
      lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeat_timeout: 30,
      default_result: "CONTINUE",
    });
  });

  test("replaces its nodes with the definition's settings", () => {
    const instance_refresh = {
      min_healthy_percentage: 90,
      max_healthy_percentage: 110,
      instance_warmup_seconds: 0,
      checkpoint_percentages: [20, 100],
      checkpoint_delay_seconds: 600,
      skip_matching: true,
      auto_rollback: true,
      scale_in_protected_instances: "Refresh",
    } as const;

    expect(own({ instance_refresh })["instance_refresh"]).toEqual({
      strategy: "Rolling",
      preferences: {
        min_healthy_percentage: 90,
        max_healthy_percentage: 110,
        instance_warmup: "0",
        checkpoint_percentages: [20, 100],
        checkpoint_delay: "600",
        skip_matching: true,
        auto_rollback: true,
        scale_in_protected_instances: "Refresh",
      },
    });
    expect(own({ instance_refresh: {}, max_unavailable_percentage: 10 })["instance_refresh"]).toEqual({
      strategy: "Rolling",
      preferences: { min_healthy_percentage: 90 },
    });
  });

  test("with a warm pool has one template, which has the type", () => {
    const tf = synthOwn({
      warm_pool: { pool_state: "Stopped", min_size: 2, max_group_prepared_capacity: 5, reuse_on_scale_in: false },
    });
    const [address] = tf.addresses("aws_launch_template");
    const group = tf.only("aws_autoscaling_group");

    expect(group).not.toHaveProperty("mixed_instances_policy");
    expect(group["launch_template"]).toEqual({ id: `\${${address}.id}`, version: `\${${address}.latest_version}` });
    expect(group["warm_pool"]).toEqual({
      pool_state: "Stopped",
      min_size: 2,
      max_group_prepared_capacity: 5,
      instance_reuse_policy: { reuse_on_scale_in: false },
    });
    expect(tf.only("aws_launch_template")["instance_type"]).toBe("m6i.large");
  });
});

describe("a managed group", () => {
  test("is updated with the definition's number of nodes, and by force if it is set", () => {
    expect(managed({ max_unavailable: 2, force_update_version: true })).toMatchObject({
      update_config: { max_unavailable: 2 },
      force_update_version: true,
    });
    expect(managed({ max_unavailable: 2 })["update_config"]).toEqual({ max_unavailable: 2 });
    expect(managed({})).not.toHaveProperty("force_update_version");
    expect(managed({})).not.toHaveProperty("node_repair_config");
  });

  test("repairs its nodes, with another rule for one reason", () => {
    const override = {
      node_monitoring_condition: "AcceleratedHardwareReady",
      node_unhealthy_reason: "NvidiaXID64Error",
      min_repair_wait_time_mins: 5,
      repair_action: "Reboot",
    } as const;
    const node_repair = {
      max_unhealthy_node_threshold_percentage: 20,
      max_parallel_nodes_repaired_count: 1,
      overrides: [override],
    };

    expect(managed({ node_repair })["node_repair_config"]).toEqual({
      enabled: true,
      max_unhealthy_node_threshold_percentage: 20,
      max_parallel_nodes_repaired_count: 1,
      node_repair_config_overrides: [override],
    });
    expect(managed({ node_repair: {} })["node_repair_config"]).toEqual({
      enabled: true,
      node_repair_config_overrides: [],
    });
  });
});

describe("scheduled sizes", () => {
  const scheduled_scaling = [
    { name: "evening", recurrence: "0 20 * * *", time_zone: "Europe/Berlin", min_size: 0, max_size: 1 },
    { name: "morning", recurrence: "0 7 * * MON-FRI", time_zone: "Etc/UTC", min_size: 2 },
  ];

  test.each([["managed", synthManaged] as const, ["self-managed", synthOwn] as const])(
    "of a %s group",
    (_kind, synthGroup) => {
      const tf = synthGroup({ scheduled_scaling });
      const [evening, morning] = Object.values(tf.all("aws_autoscaling_schedule"));

      expect(evening).toEqual({
        autoscaling_group_name: expect.stringMatching(/\$\{aws_/),
        scheduled_action_name: "evening",
        recurrence: "0 20 * * *",
        time_zone: "Europe/Berlin",
        min_size: 0,
        max_size: 1,
        desired_capacity: -1,
      });
      expect(morning).toMatchObject({ min_size: 2, max_size: -1, desired_capacity: -1 });
    },
  );

  test.each<[string, Part<Worker>, readonly string[]]>([
    ["what actions set", { scheduled_scaling }, ["desired_size", "min_size", "max_size"]],
    [
      "a minimum, which moves the number of nodes",
      { autoscaling: false, scheduled_scaling: scheduled_scaling.slice(1) },
      ["desired_size", "min_size"],
    ],
    ["nothing where there are none", { autoscaling: false }, []],
  ])("are not set by the group, but by its schedule: %s", (_what, settings, sizes) => {
    const lifecycle = sizes.length === 0 ? {} : { ignore_changes: sizes.map((size) => `scaling_config[0].${size}`) };
    expect(managed(settings)["lifecycle"]).toEqual({ create_before_destroy: true, ...lifecycle });
    const names = sizes.map((size) => (size === "desired_size" ? "desired_capacity" : size));
    expect(own(settings)["lifecycle"]).toEqual(sizes.length === 0 ? undefined : { ignore_changes: names });
  });
});

test("a group in each zone has the zone's letter in its name, and the same size in each", () => {
  const worker = workerOf({ name: "data", per_zone: true, min_size: 1, max_size: 4 });
  let names: readonly string[] = [];
  const tf = synth((scope) => {
    const { ref } = new Workers(scope, "workers", workersProps(clusterOf({ workers: [worker] })));
    names = Object.keys(ref.auto_scaling_group_names);
  });
  const groups = Object.values(tf.all("aws_eks_node_group"));

  expect(names).toEqual(["data-a", "data-b", "data-c"]);
  expect(groups.map((group) => group["subnet_ids"])).toEqual([
    ["subnet-private-a"],
    ["subnet-private-b"],
    ["subnet-private-c"],
  ]);
  expect(groups.map((group) => group["scaling_config"])).toEqual(
    Array(3).fill({ min_size: 1, desired_size: expect.stringContaining("max(1, min(4,"), max_size: 4 }),
  );
  expect(tf.addresses("aws_iam_role")).toHaveLength(3);
});
