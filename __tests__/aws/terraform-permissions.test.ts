import { TERRAFORM_PERMISSIONS } from "../../aws/terraform-permissions";
import { actionsOf } from "../support/iam-list";

test("each action that Terraform needs exists in AWS's own list", async () => {
  const needed = Object.values(TERRAFORM_PERMISSIONS).flatMap(({ delete: end, read, write }) => [
    ...read,
    ...write,
    ...end,
  ]);
  const missing: string[] = [];
  for (const action of new Set(needed)) if ((await actionsOf(action)).length === 0) missing.push(action);

  expect(missing).toEqual([]);
});
