import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planRolesElsewhere, readStateAs } from "../../../operations/deploy/state-role";
import { scratch } from "../../support/run-program";

const work = scratch();
afterAll(() => work.remove());
const file = join(work.path, "cdk.tf.json");
const HERE = "arn:aws:iam::111111111111:role/plan";
const THERE = "arn:aws:iam::222222222222:role/plan";

beforeEach(() => {
  const config = { bucket: "c", assume_role: { role_arn: "writes" } };
  const stack = {
    terraform: { backend: { s3: { bucket: "b", assume_role: { role_arn: "writes" } } } },
    data: { terraform_remote_state: { networking: { config }, peer_b: { config } } },
    locals: { plan_role_of_peer_b: THERE },
  };
  writeFileSync(file, JSON.stringify(stack));
});

test("a plan reads its states as roles that only read, each of its own account", () => {
  readStateAs(HERE, work.path);

  const stack = JSON.parse(readFileSync(file, "utf8"));
  expect(JSON.stringify(stack)).not.toContain("writes");
  expect(stack.terraform.backend.s3.assume_role).toEqual({ role_arn: HERE });
  expect(stack.data.terraform_remote_state.networking.config.assume_role).toEqual({ role_arn: HERE });
  expect(stack.data.terraform_remote_state.peer_b.config.assume_role).toEqual({ role_arn: THERE });
});

test("providers of other accounts get those accounts' roles to plan", () => {
  expect(planRolesElsewhere(work.path)).toEqual({ TF_VAR_role_arn_222222222222: THERE });
});
