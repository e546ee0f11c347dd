import { refusedStep } from "../../offline/overlay/refuse";

const cluster = (mode: string) => ({ name: "demo", access_config: [{ authentication_mode: mode }] });

test.each([
  ["CONFIG_MAP", "API_AND_CONFIG_MAP", undefined],
  ["API_AND_CONFIG_MAP", "API", undefined],
  ["API", "API", undefined],
  [
    "API",
    "API_AND_CONFIG_MAP",
    "InvalidParameterException: Unsupported authentication mode update from API to API_AND_CONFIG_MAP",
  ],
  ["CONFIG_MAP", "API", "InvalidParameterException: Unsupported authentication mode update from CONFIG_MAP to API"],
])("EKS changes the authentication mode from %s to %s in single steps, never back", (from, to, refused) => {
  expect(refusedStep("aws_eks_cluster", cluster(from), cluster(to))).toBe(refused);
});
