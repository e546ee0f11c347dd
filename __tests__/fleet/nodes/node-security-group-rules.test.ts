import { NODE_INGRESS } from "../../../fleet/nodes/node-security-group-rules";

test("describes no rule with a character that EC2 refuses in descriptions", () => {
  const refused = Object.values(NODE_INGRESS).filter(({ purpose }) => !/^[\w .:/()#,@[\]+=&;{}!$*-]*$/.test(purpose));

  expect(refused).toEqual([]);
});
