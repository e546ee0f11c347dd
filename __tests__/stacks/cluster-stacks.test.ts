import childProcess from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../fleet/load";
import type { Tfvars } from "../../fleet/model/cluster";
import { addClusterStacks, type ClusterStacks } from "../../stacks/cluster-stacks";
import { clusterOf, type Part, workerOf } from "../support/cluster";
import { TODAY } from "../support/definitions";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { type Synthesized, synthStacks } from "../support/synth";

/** Every kind of resource that our three stacks can hold, once. */
const reference: Part<Tfvars> = {
  networking: { nat_gateways: "per_zone", gateway_endpoints: ["s3", "dynamodb"] },
  cluster: {
    access_entries: [
      {
        name: "platform-admin",
        principal_arn: "arn:aws:iam::111111111111:role/platform-admin",
        access_policy: "AmazonEKSClusterAdminPolicy",
      },
    ],
  },
  workers: [
    workerOf({
      name: "general",
      labels: { tier: "general" },
      taints: [{ key: "tier", value: "general", effect: "NoSchedule" }],
    }),
    workerOf({ name: "default-workers", spot_price: 0.05 }),
  ],
};

function synthReference(tfvars: Part<Tfvars> = reference, name?: string) {
  const cluster = clusterOf(tfvars, name === undefined ? {} : { name });
  return synthStacks((scope) => ({ ...addClusterStacks(scope, cluster) }));
}

/** Compares with a file beside this one; UPDATE_GOLDEN=1 writes it, and the review is of its difference. */
function expectGolden(name: string, lines: readonly string[]): void {
  const file = join(__dirname, "__golden__", name);
  const text = `${lines.join("\n")}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}

const OURS = ["networking", "eks_cluster", "eks_workers"] as const;

describe("addClusterStacks", () => {
  test.each(OURS)("%s keeps its state addresses, because another address replaces a resource", (stack) => {
    expectGolden(`${stack}-addresses.txt`, synthReference()[stack].addresses());
  });

  test("the outputs are the contract between the stacks", () => {
    const stacks = synthReference();

    expect(Object.fromEntries(OURS.map((name) => [name, Object.keys(stacks[name].outputs()).sort()]))).toEqual({
      networking: ["route_table_ids", "subnet_ids", "vpc_cidr_block", "vpc_id", "zones"],
      eks_cluster: [
        "arn",
        "certificate_authority_data",
        "cluster_security_group_id",
        "endpoint",
        "kubernetes_version",
        "name",
        "node_security_group_id",
        "oidc_issuer",
        "oidc_provider_arn",
        "service_ipv4_cidr",
      ],
      eks_workers: ["auto_scaling_group_names", "node_role_arns"],
    });
  });

  test("each stack is applied after those that it depends on", () => {
    let stacks: ClusterStacks | undefined;
    synthStacks((scope) => {
      stacks = addClusterStacks(scope, clusterOf(reference));
      return {};
    });
    const dependencies = (name: keyof ClusterStacks) => stacks?.[name].dependencies.map(({ node }) => node.id);

    expect(dependencies("networking")).toEqual([]);
    expect(dependencies("eks_cluster")).toEqual(["reference-eks-example-com-networking"]);
    expect(dependencies("eks_workers")).toEqual([
      "reference-eks-example-com-networking",
      "reference-eks-example-com-eks-cluster",
    ]);
    expect(dependencies("addons")).toContain("reference-eks-example-com-eks-workers");
  });

  describe("checks of elements", () => {
    /** Checks the stack of a control plane with an import. cdktf itself runs `terraform version` for each import. */
    function check(change: (stack: ClusterStacks["eks_cluster"]) => void = () => {}): void {
      synthStacks((scope) => {
        const stack = addClusterStacks(scope, clusterOf({ cluster: { existing_log_group: true } })).eks_cluster;
        change(stack);
        stack.runAllValidations();
        return {};
      });
    }

    test("never run Terraform, because each stack has a required_version", () => {
      const run = jest.spyOn(childProcess, "execSync");
      try {
        check();
        expect(run).not.toHaveBeenCalled();
      } finally {
        run.mockRestore();
      }
    });

    test("otherwise stop the synthesis", () => {
      const add = () => check(({ node }) => node.addValidation({ validate: () => ["the element is wrong"] }));

      expect(add).toThrow("the element is wrong");
    });
  });

  test("every stack has its own remote state", () => {
    const keys = Object.values(synthReference()).map((stack) => stack.at("terraform", "backend", "s3", "key"));

    expect(keys).toEqual([
      "reference.eks.example.com/networking.tfstate",
      "reference.eks.example.com/eks-cluster.tfstate",
      "reference.eks.example.com/eks-workers.tfstate",
      "reference.eks.example.com/addons.tfstate",
    ]);
  });

  test("the same definition gives the same bytes", () => {
    const texts = (stacks: Readonly<Record<string, Synthesized>>) => Object.values(stacks).map(({ text }) => text);

    expect(texts(synthReference())).toEqual(texts(synthReference()));
  });

  test.each(OURS)("%s reads only data that never changes, and contains no Terraform loop", (stack) => {
    const tf = synthReference()[stack];
    const { terraform_remote_state, aws_ssm_parameter, aws_eks_node_groups, aws_eks_node_group, ...others } = (tf.at(
      "data",
    ) ?? {}) as Record<string, object>;

    // The size of an autoscaled group is read only to send it back: __tests__/terraform/sizes.slow.test.ts tests that.
    if (stack !== "eks_workers") expect([aws_eks_node_groups, aws_eks_node_group]).toEqual([undefined, undefined]);
    expect(others).toEqual({});
    for (const { name } of Object.values(aws_ssm_parameter ?? {})) {
      expect(name).toMatch(/^\/aws\/service\/eks\/optimized-ami\/.*-v\d{8}\/image_id$/); // by its date: not what is recommended
    }
    for (const block of Object.values(tf.all())) {
      expect(Object.keys(block)).toEqual(expect.not.arrayContaining(["for_each", "count"]));
    }
  });

  test("the control plane's stack contains no Kubernetes object, which could not be destroyed with it", () => {
    for (const stack of OURS) {
      for (const address of synthReference()[stack].addresses()) expect(address).toMatch(/^aws_/);
    }
  });

  test("an interface of a node has one security group with the cluster's tag", () => {
    const { eks_cluster, eks_workers } = synthReference();
    const tag = "kubernetes.io/cluster/reference-eks-example-com";
    const tagged = Object.entries(eks_cluster.all("aws_security_group"))
      .filter(([, group]) => tag in (group["tags"] as object))
      .map(([address]) => `\${${address}.id}`);
    const templates = Object.values(eks_workers.all("aws_launch_template"));

    expect(tagged).toEqual([eks_cluster.outputs()["node_security_group_id"]]);
    expect(templates).toHaveLength(2);
    for (const template of templates) {
      expect(template["vpc_security_group_ids"]).toEqual([
        "${data.terraform_remote_state.eks_cluster.outputs.node_security_group_id}",
      ]);
    }
  });

  test("nodes are in the private subnets, read by zone", () => {
    const group = synthReference().eks_workers.only("aws_autoscaling_group");

    expect(group["vpc_zone_identifier"]).toEqual(
      ["eu-west-1a", "eu-west-1b", "eu-west-1c"].map(
        (zone) => `\${data.terraform_remote_state.networking.outputs.subnet_ids.private["${zone}"]}`,
      ),
    );
  });
});

describe("IAM roles of every sample", () => {
  const boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const { clusters } = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: TODAY });

  test.each(clusters.map((cluster) => [cluster.name, cluster] as const))(
    "%s: all have the boundary and the path",
    (_, cluster) => {
      const iam = { permissions_boundary: boundary, path: "/platform/" };
      const bounded = { ...cluster, tfvars: { ...cluster.tfvars, common: { ...cluster.tfvars.common, iam } } };
      const stacks = synthStacks((scope) => ({ ...addClusterStacks(scope, bounded) }));
      const roles = Object.values(stacks).flatMap((stack) => Object.values(stack.all("aws_iam_role")));

      expect(roles.length).toBeGreaterThan(3);
      for (const role of roles) expect(role).toMatchObject({ permissions_boundary: boundary, path: "/platform/" });
    },
  );
});

describe("names in AWS", () => {
  /** Type -> longest name that AWS takes. An instance profile has its role's. */
  const LONGEST = {
    aws_autoscaling_group: 255,
    aws_cloudwatch_log_group: 512,
    aws_eks_cluster: 100,
    aws_eks_node_group: 63,
    aws_iam_role: 64,
    aws_kms_alias: 256,
    aws_launch_template: 128,
    aws_security_group: 255,
  } as const;

  function names(stacks: ReturnType<typeof synthReference>): string[] {
    return Object.values(stacks).flatMap((stack) =>
      Object.entries(LONGEST).flatMap(([type, longest]) =>
        Object.values(stack.all(type)).map((block) => {
          const name = String(block["name"] ?? block["node_group_name"]);
          expect({ name, fits: name.length <= longest }).toEqual({ name, fits: true });
          return `${type} ${name}`;
        }),
      ),
    );
  }

  test("no two of a cluster are the same, even for workers with the names of the program's parts", () => {
    const workers = ["vpc-cni", "control-plane", "flow-logs", "node", "cluster"].flatMap((name) => [
      workerOf({ name }),
      workerOf({ name: `${name}-spot`, spot_price: 0.1 }),
    ]);
    const all = names(synthReference({ workers }));

    expect(all.length).toBeGreaterThan(30);
    expect(new Set(all).size).toBe(all.length);
  });

  test("those of the longest cluster name fit, and differ from those of a name that begins the same way", () => {
    const base = `${"a".repeat(60)}.${"b".repeat(31)}`;
    const tfvars = {
      workers: [workerOf({ name: "w".repeat(31) }), workerOf({ name: "v".repeat(31), spot_price: 0.1 })],
    };
    const [one, other] = [
      names(synthReference(tfvars, `${base}.one.com`)),
      names(synthReference(tfvars, `${base}.two.com`)),
    ];

    expect(new Set([...one, ...other]).size).toBe(one.length + other.length);
  });
});
