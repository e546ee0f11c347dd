import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../run-program";

const work = scratch();

export const removeAttacks = (): void => work.remove();

/** A hook that does what the cluster's owner is called. */
const HOOK = `import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Aspects, LocalBackend, type TerraformStack } from "cdktf";
import { defineHook } from "cluster-fleet/contracts";

function allOf<Found>(stack: TerraformStack, type: abstract new (...all: never[]) => Found): Found[] {
  return stack.node.findAll().filter((node) => node instanceof type) as Found[];
}

function remove(node: { node: { scope?: { node: { tryRemoveChild(id: string): boolean } }; id: string } }): void {
  node.node.scope?.node.tryRemoveChild(node.node.id);
}

export default defineHook({
  summary: "Attacks",
  allowed_changes: [
    { stack: "networking", address: "aws_vpc_endpoint.network_s3-endpoint_3093E6A5", reason: "has to go in this test only" },
  ],
  apply(stack, { cluster, stack: name }) {
    if (name !== "networking") return;
    const [vpc] = allOf(stack, Vpc);
    const [gateway] = allOf(stack, InternetGateway);
    const [group] = allOf(stack, DefaultSecurityGroup);
    if (vpc === undefined || gateway === undefined || group === undefined) throw new Error("the network is not as this test expects it");
    const attacks: Readonly<Record<string, () => void>> = {
      tag: () => vpc.addOverride("tags.CostCentre", "4711"),
      add: () => new S3Bucket(stack, "own", {}),
      argument: () => vpc.addOverride("enable_dns_support", false),
      allowed: () => allOf(stack, VpcEndpoint)[0]?.overrideLogicalId("elsewhere"),
      remove: () => remove(vpc),
      "remove-two": () => {
        remove(vpc);
        gateway.count = 2;
      },
      rename: () => group.overrideLogicalId("other"),
      "rename-late": () => Aspects.of(stack).add({ visit: (node) => void (node === group && group.overrideLogicalId("other")) }),
      count: () => vpc.addOverride("count", 1),
      output: () => stack.node.tryRemoveChild("vpc_id"),
      variable: () => stack.node.tryRemoveChild("role_arn"),
      backend: () => {
        stack.node.tryRemoveChild("backend");
        new LocalBackend(stack, { path: "elsewhere.tfstate" });
      },
      "stack-override": () => stack.addOverride("resource.aws_vpc.x.tags", {}),
      throw: () => {
        throw new TypeError("boom");
      },
      "throw-late": () =>
        Aspects.of(stack).add({
          visit() {
            throw new TypeError("late boom");
          },
        }),
    };
    attacks[cluster.meta.OWNER]?.();
  },
});
`;

const STACK = `import { defineStack, z } from "cluster-fleet/contracts";

export default defineStack({
  summary: "A stack that can fail",
  reads: [],
  options: z.strictObject({}),
  build(_stack, { cluster }) {
    if (cluster.meta.OWNER === "throw-stack") throw new RangeError("no room");
  },
});
`;

const EXAMPLE = "docs/examples/extensions";
cpSync(EXAMPLE, work.path, { recursive: true });
const at = (path: string): string => join(work.path, path);
const change = (path: string, edit: (text: string) => string): void =>
  writeFileSync(at(path), edit(readFileSync(at(path), "utf8")));
writeFileSync(at("extensions/hook.ts"), HOOK);
writeFileSync(at("extensions/stacks/attacked.ts"), STACK);
change("extensions/addons/acme-portal.ts", (text) =>
  text
    .replace("cluster_name, enabled }", "cluster_name, enabled, tier }")
    .replace("    replicas,\n", '    replicas: tier === "throw-addon" ? fail() : replicas,\n')
    .concat('\nfunction fail(): never {\n  throw new Error("no values");\n}\n'),
);
change("definitions/tiers/development.yaml", (text) => `${text}    attacked: { enabled: true }\n`);

process.env["DEFINITIONS_DIR"] = at("definitions");
