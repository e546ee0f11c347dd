import type { ObjectValue, Value } from "../../offline/wire/values";
import { type Cloud, startCloud } from "./support/cloud";
import { everything } from "./support/everything";

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud([everything()]);
});

afterAll(() => cloud.remove());

const ids = () => cloud.store.objects().map(({ place, state }) => `${place.type} ${state["id"] ?? place.key}`);

function made(type: string): ObjectValue {
  return cloud.store.objects(type)[0]?.state ?? {};
}

// In order: each test goes on from the cloud that the one before it left.
describe("one of everything", () => {
  let first: string[];

  test("is applied, and a second plan is empty", async () => {
    const terraform = await cloud.applied("all", everything());

    expect(await terraform.plan()).toMatchObject({ changes: {} });
    first = ids();
    expect(new Set(first).size).toBe(first.length);
  });

  test.each<[string, string, RegExp | Value]>([
    ["aws_vpc", "ipv6_cidr_block", /^2600:1f18:[0-9a-f:]+::\/56$/],
    ["aws_vpc_ipv4_cidr_block_association", "id", /^vpc-cidr-assoc-0[0-9a-f]{16}$/],
    ["aws_subnet", "id", /^subnet-0[0-9a-f]{16}$/],
    ["aws_internet_gateway", "id", /^igw-0[0-9a-f]{16}$/],
    ["aws_nat_gateway", "id", /^nat-0[0-9a-f]{16}$/],
    ["aws_route_table", "arn", /^arn:aws:ec2:eu-central-1:123456789012:route-table\/rtb-0[0-9a-f]{16}$/],
    ["aws_iam_policy", "id", "arn:aws:iam::123456789012:policy/p"],
    ["aws_flow_log", "id", /^fl-0[0-9a-f]{16}$/],
    ["aws_vpc_endpoint", "id", /^vpce-0[0-9a-f]{16}$/],
    ["aws_security_group", "name", /^g-\d{18}[0-9a-f]{8}$/],
    ["aws_vpc_security_group_ingress_rule", "id", /^sgr-0[0-9a-f]{16}$/],
    ["aws_launch_template", "id", /^lt-0[0-9a-f]{16}$/],
    [
      "aws_autoscaling_group",
      "arn",
      /^arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/terraform-/,
    ],
    [
      "aws_iam_openid_connect_provider",
      "arn",
      /^arn:aws:iam::123456789012:oidc-provider\/oidc\.eks\.eu-central-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/,
    ],
    [
      "aws_eks_access_entry",
      "access_entry_arn",
      /^arn:aws:eks:eu-central-1:123456789012:access-entry\/c\/role\/123456789012\/c\/[0-9a-f-]{36}$/,
    ],
    ["aws_eks_node_group", "id", /^c:n-\d{18}[0-9a-f]{8}$/],
    ["aws_eks_pod_identity_association", "association_id", /^a-[0-9a-f]{17}$/],
    ["aws_cloudwatch_event_rule", "arn", "arn:aws:events:eu-central-1:123456789012:rule/r"],
    ["aws_route53_zone", "arn", /^arn:aws:route53:::hostedzone\/Z[0-9A-F]{20}$/],
    ["kubernetes_secret_v1", "id", "n/s"],
    ["kubernetes_storage_class_v1", "id", "s"],
  ])("%s has a plausible %s", (type, attribute, expected) => {
    const value = made(type)[attribute];

    if (expected instanceof RegExp) expect(value).toMatch(expected);
    else expect(value).toBe(expected);
  });

  test("refers to the same ids and names from all sides", () => {
    expect(made("aws_eks_node_group")["launch_template"]).toMatchObject([
      { name: made("aws_launch_template")["name"] },
    ]);
    expect(made("aws_eks_node_group")["version"]).toBe("1.33");
    expect(made("aws_eks_cluster")["vpc_config"]).toMatchObject([{ vpc_id: made("aws_vpc")["id"] }]);
  });

  test("a change of default tags updates everything with tags in place", async () => {
    const document = everything();
    document["provider"].aws[0].default_tags[0].tags = { team: "other" };

    const { changes } = await cloud.stack("all", document).plan();

    expect(changes["aws_vpc.v"]).toEqual(["update"]);
    expect(changes["aws_eks_cluster.c"]).toEqual(["update"]);
    expect(Object.values(changes).flat()).not.toContain("delete");
  });

  test("a replacement with create_before_destroy gets a different name", async () => {
    const before = made("aws_security_group")["name"];
    const document = everything();
    document["resource"].aws_security_group.g.description = "changed";
    const terraform = cloud.stack("all", document);
    await terraform.apply();

    expect(made("aws_security_group")["name"]).not.toBe(before);
    expect(await terraform.plan()).toMatchObject({ changes: {} });
  });

  test("is destroyed, and the same operations create the same values again", async () => {
    await cloud.stack("all", everything()).destroy();
    expect(cloud.store.objects()).toEqual([]);
    const other = await startCloud([everything()]);
    try {
      await other.applied("all", everything());
      const again = other.store.objects().map(({ place, state }) => `${place.type} ${state["id"] ?? place.key}`);

      expect(again).toEqual(first);
    } finally {
      await other.remove();
    }
  });
});
