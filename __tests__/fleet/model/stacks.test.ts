import { STACKS, stackId, stateKey } from "../../../fleet/model/stacks";
import { slugOf } from "../../../language/words/names";

test("applies the network first, then the control plane, the nodes and the addons", () => {
  expect(STACKS).toEqual(["networking", "eks-cluster", "eks-workers", "addons"]);
});

test("begins the id of a stack with the slug of its cluster", () => {
  expect(stackId(slugOf("a.example.com"), "eks-cluster")).toBe("a-example-com-eks-cluster");
});

test("keeps the states of a cluster together, under its name", () => {
  expect(stateKey("a.example.com", "addons")).toBe("a.example.com/addons.tfstate");
});
