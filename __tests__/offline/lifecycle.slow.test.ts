import { join } from "node:path";
import { startOfflineProviders } from "../../offline/offline-providers";
import { type Cloud, startCloud } from "./support/cloud";
import { cluster, network, writeStack } from "./support/program";

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud([network(), cluster()]);
});

afterAll(() => cloud.remove());

test("destroys a resource whose type the configuration no longer contains when the providers start", async () => {
  const document = network();
  const earlier = await startCloud([document]);
  await earlier.applied("network", document);
  delete document["resource"].aws_eip;
  writeStack(join(earlier.path, "stacks/network"), document);
  const { directory: storeDirectory } = earlier.store;
  const later = await startOfflineProviders({ stacks: [join(earlier.path, "stacks/network")], storeDirectory });
  try {
    const terraform = earlier.stack("network", document, later.env);
    await terraform.apply();

    expect(earlier.store.objects("aws_eip")).toEqual([]);
    expect(await terraform.plan()).toMatchObject({ changed: false });
  } finally {
    await later.close();
    await earlier.remove();
  }
});

// One story, told in order: each step starts from the cloud that the step before it left.
describe("two stacks, from nothing to nothing", () => {
  test("apply, and a second plan is empty", async () => {
    for (const [name, document] of Object.entries({ network: network(), cluster: cluster() })) {
      const terraform = await cloud.applied(name, document);

      expect(await terraform.plan()).toMatchObject({ changed: false, changes: {} });
    }
    expect(cloud.store.objects()).toHaveLength(12);
  });

  test("the second stack reads the outputs of the first", () => {
    const subnets = cloud.store.objects("aws_subnet").map(({ state }) => state["id"]);
    const { state } = cloud.store.only("aws_eks_cluster");

    expect(state["vpc_config"]).toMatchObject([
      { subnet_ids: expect.arrayContaining(subnets), vpc_id: cloud.store.only("aws_vpc").state["id"] },
    ]);
  });

  test("fills in computed parts of a nested attribute", () => {
    expect(cloud.store.only("helm_release").state["set"]).toEqual([{ name: "ui.color", value: "#34577c", type: "" }]);
  });

  test("updates a tag in place", async () => {
    const document = network();
    document["resource"].aws_vpc.main.enable_dns_hostnames = true;
    const terraform = cloud.stack("network", document);

    expect((await terraform.plan()).changes).toEqual({ "aws_vpc.main": ["update"] });
    await terraform.apply();
    expect(cloud.store.only("aws_vpc").state["enable_dns_hostnames"]).toBe(true);
    await cloud.stack("network", network()).apply();
  });

  test("a change of a launch template creates its next version, which updates the node group", async () => {
    const document = cluster();
    document["resource"].aws_launch_template.workers.instance_type = "m7g.xlarge";
    const terraform = cloud.stack("cluster", document);
    await terraform.apply();

    expect(cloud.store.only("aws_launch_template").state).toMatchObject({ latest_version: 2, default_version: 1 });
    expect(cloud.store.only("aws_eks_node_group").state["launch_template"]).toMatchObject([{ version: "2" }]);
    expect(await terraform.plan()).toMatchObject({ changed: false });
  });

  test.each([
    [
      "aws_subnet.b",
      (document: ReturnType<typeof network>) => {
        document["resource"].aws_subnet.b.cidr_block = "10.0.128.0/20";
      },
    ],
    [
      "aws_security_group.nodes",
      (document: ReturnType<typeof network>) => {
        document["resource"].aws_security_group.nodes.description = "of the nodes";
      },
    ],
    [
      "aws_eip.one",
      (document: ReturnType<typeof network>) => {
        document["resource"].aws_eip.one.region = "eu-west-2";
      },
    ],
  ])("%s is replaced if an argument changes that cannot be updated", async (address, change) => {
    const document = network();
    change(document);

    const { changes } = await cloud.stack("network", document).plan();

    expect(changes).toEqual({ [address]: ["delete", "create"] });
  });

  test("a replacement names the path of the nested argument", async () => {
    const document = cluster();
    document["resource"].aws_eks_node_group.workers.launch_template[0].id = "lt-00000000000000000";

    const { json } = await cloud.stack("cluster", document).plan();

    const change = json.resource_changes?.find(({ address }) => address === "aws_eks_node_group.workers")?.change;
    expect(change?.replace_paths).toEqual([["launch_template", 0, "id"]]);
  });

  test("a moved address keeps its object", async () => {
    const document = network();
    document["resource"].aws_subnet.c = document["resource"].aws_subnet.b;
    delete document["resource"].aws_subnet.b;
    document["output"].subnet_ids.value[1] = "${aws_subnet.c.id}";
    document["moved"] = [{ from: "aws_subnet.b", to: "aws_subnet.c" }];

    expect(await cloud.stack("network", document).plan()).toMatchObject({ changes: {} });
  });

  test("imports a forgotten object by its id, without a change", async () => {
    const terraform = cloud.stack("network", network());
    const { state } = cloud.store.only("aws_vpc");
    await terraform.run(["state", "rm", "aws_vpc.main"]);
    await terraform.import("aws_vpc.main", String(state["id"]));

    expect(await terraform.plan()).toMatchObject({ changed: false });
  });

  test("an import block adopts an object while planning", async () => {
    const document = network();
    await cloud.stack("network", document).run(["state", "rm", "aws_security_group.nodes"]);
    const { state } = cloud.store.only("aws_security_group");
    document["import"] = [{ to: "aws_security_group.nodes", id: state["id"] }];
    const terraform = cloud.stack("network", document);

    expect((await terraform.apply()).stdout).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
  });

  test("refuses to import an id that does not exist", async () => {
    const document = network();
    document["resource"].aws_vpc.other = { cidr_block: "10.1.0.0/16" };

    await expect(cloud.stack("network", document).import("aws_vpc.other", "vpc-00000000000000000")).rejects.toThrow(
      "Cannot import non-existent remote object",
    );
  });

  test("corrects drift: a changed and a deleted object", async () => {
    cloud.store.edit(cloud.store.only("aws_vpc"), { tags: { Name: "by hand" } });
    cloud.store.remove(cloud.store.only("aws_security_group"));
    const terraform = cloud.stack("network", network());

    expect((await terraform.plan()).changes).toEqual({
      "aws_vpc.main": ["update"],
      "aws_security_group.nodes": ["create"],
    });
    await terraform.apply();
    expect(cloud.store.only("aws_vpc").state["tags"]).toEqual({ Name: "main" });
  });

  test("destroy leaves no object", async () => {
    await cloud.stack("cluster", cluster()).destroy();
    await cloud.stack("network", network()).destroy();

    expect(cloud.store.objects()).toEqual([]);
  });
});
