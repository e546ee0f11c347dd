import { referencesIn } from "../../../operations/resources/references";

test("finds references in nested values and inside functions, each once", () => {
  const body = {
    vpc_id: "${aws_vpc.network_1.id}",
    tags: { a: "${aws_vpc.network_1.id}" },
    user_data: '${base64encode("x: ${data.terraform_remote_state.eks_cluster.outputs.endpoint}")}',
    subnets: ['${data.terraform_remote_state.networking.outputs.subnet_ids.private["us-east-1a"]}'],
  };

  expect(referencesIn(body)).toEqual([
    { address: "aws_vpc.network_1", attribute: "id", path: ["id"] },
    {
      address: "data.terraform_remote_state.eks_cluster",
      attribute: "outputs.endpoint",
      path: ["outputs", "endpoint"],
    },
    {
      address: "data.terraform_remote_state.networking",
      attribute: "outputs.subnet_ids.private",
      path: ["outputs", "subnet_ids", "private", "us-east-1a"],
    },
  ]);
});

test("ignores text outside of interpolations and escaped interpolations", () => {
  expect(referencesIn(["aws_vpc.network.id", "$${aws_vpc.network.id}"])).toEqual([]);
});

test("ignores addresses that do not exist", () => {
  const known = new Set(["aws_vpc.a"]);

  expect(referencesIn('${f("my_file.txt", aws_vpc.a.id)}', known)).toEqual([
    { address: "aws_vpc.a", attribute: "id", path: ["id"] },
  ]);
});
