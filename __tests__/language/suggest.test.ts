import { didYouMean, listed, meantOrKnown } from "../../language/suggest";

describe("the suggestion", () => {
  test.each([
    ["productoin", ["production", "sandbox"], '. Did you mean "production"?'],
    ["Production", ["production"], '. Did you mean "production"?'],
    ["min_sze", ["max_size", "min_size"], '. Did you mean "min_size"?'],
    ["network", ["networking", "net"], '. Did you mean "networking"?'],
    ["prod", ["production"], '. Did you mean "production"?'],
    ["pro", ["production"], ""],
    ["xy", ["ab"], ""],
    ["moon", ["us-east-1"], ""],
    ["anything", [], ""],
    [
      "vpa_enabled",
      ["dex_enabled", "vertical_pod_autoscaler_enabled"],
      '. Did you mean "vertical_pod_autoscaler_enabled"?',
    ],
    ["ebs_csi_driver_enabled", ["aws_ebs_csi_driver_enabled"], '. Did you mean "aws_ebs_csi_driver_enabled"?'],
    ["prometheus_enabled", ["kube_prometheus_stack_enabled"], '. Did you mean "kube_prometheus_stack_enabled"?'],
    ["cert_mangaer_enabled", ["cert_manager", "cert_manager_enabled"], '. Did you mean "cert_manager_enabled"?'],
    ["mni_size", ["max_size", "min_size"], '. Did you mean "min_size"?'],
    ["kube_prometheus", ["kube_prometheus_stack"], '. Did you mean "kube_prometheus_stack"?'],
    ["disk_size", ["min_size"], ""],
    ["spot", ["spot_price"], ""],
    ["vpc_id", ["vpc_cidr"], ""],
    ["nothing_enabled", ["keda_enabled", "dex"], ""],
  ])("for %s is a similar known name, or nothing", (word, known, expected) => {
    expect(didYouMean(word, known)).toBe(expected);
  });
});

test("known names are in alphabetical order, and their numbers count", () => {
  expect(meantOrKnown("x", ["stable", "2026.10", "Acme", "2026.9"])).toBe(". Known: 2026.9, 2026.10, Acme, stable");
  expect(meantOrKnown("stabel", ["stable", "acme"])).toBe('. Did you mean "stable"?');
  expect(meantOrKnown("x", ["c", "b", "a"], 2)).toBe(". Known: a, b and 1 more");
});

test("a long list shows its first names", () => {
  expect(listed([])).toBe("none");
  expect(listed(["a", "b"], 2)).toBe("a, b");
  expect(listed(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
});
