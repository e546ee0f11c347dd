import { offeringsOf } from "../../../aws/refresh/instance-offerings";

const inRegion = (Location: string, ...types: string[]) => ({
  InstanceTypeOfferings: types.map((InstanceType) => ({ InstanceType, Location })),
});

test("writes a family alone where all its sizes are missing, and the missing sizes otherwise", () => {
  const answers = [inRegion("b", "m9.large", "m9.xlarge", "p9.large"), inRegion("a", "m9.large")];
  expect(offeringsOf(answers, []).missing).toEqual({ a: "m9:xlarge p9", b: "" });
});

test("lists known types that no region offers, and types without spot instances", () => {
  const described = {
    InstanceTypes: [
      { InstanceType: "u9.large", SupportedUsageClasses: ["on-demand"] },
      { InstanceType: "m9.large", SupportedUsageClasses: ["on-demand", "spot"] },
    ],
  };
  const { no_spot, nowhere } = offeringsOf([inRegion("a", "m9.large"), described], ["m9.large", "f0.large"]);
  expect({ no_spot, nowhere }).toEqual({ no_spot: "u9.large", nowhere: "f0.large" });
});
