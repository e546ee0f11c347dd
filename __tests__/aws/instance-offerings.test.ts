import offerings from "../../aws/data/instance-offerings.json";
import { hasNoSpot, isOffered, isRetired } from "../../aws/instance-offerings";
import { instanceLimits, instanceTypes } from "../../aws/instance-types";
import { shipped } from "../support/shipped";

test("a family alone means all of its sizes, and listed sizes mean only themselves", () => {
  expect(
    ["p4d.24xlarge", "m6i.large", "c8gn.metal-24xl", "c8gn.large"].map((type) => isOffered(type, "eu-south-2")),
  ).toEqual([false, false, false, true]);
});

test("a type or a region that is not in the lists counts as offered", () => {
  expect([isOffered("m99.large", "eu-south-2"), isOffered("p4d.24xlarge", "cn-north-1")]).toEqual([true, true]);
});

test("a retired type is offered in no region", () => {
  expect([isRetired("f1.2xlarge"), isOffered("f1.2xlarge", "us-east-1"), isRetired("m6i.large")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("types without spot instances and retired types are in the list of types", () => {
  const named = [...offerings.no_spot.split(" "), ...offerings.nowhere.split(" ")];
  expect(named.filter((type) => instanceLimits(type) === undefined && !type.startsWith("mac"))).toEqual([]);
  expect([hasNoSpot("t2.nano"), hasNoSpot("m6i.large")]).toEqual([true, false]);
});

test("each region is in regions.yaml and offers most general purpose families", () => {
  const regions = Object.keys(offerings.missing);
  expect(regions.filter((region) => !(region in (shipped("regions.yaml") as object)))).toEqual([]);
  const few = regions.filter((region) => instanceTypes().filter((type) => isOffered(type, region)).length < 250);
  expect(few).toEqual([]);
});
