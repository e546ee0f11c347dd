import { readFileSync, writeFileSync } from "node:fs";
import { instanceTypes } from "../instance-types";
import { type Answer, offeringsOf } from "./instance-offerings";

/**
 * Writes aws/data/instance-offerings.json from answers of EC2: node launch.mjs aws/refresh/offerings.ts DATE FILE..., where each FILE is
 * an answer of `aws ec2 describe-instance-type-offerings` or of `aws ec2 describe-instance-types`. See aws/README.md.
 */
const [date = "", ...files] = process.argv.slice(2);
if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || files.length === 0)
  throw new Error("name the day and the files of the answers");

const answers = files.map((file): Answer => JSON.parse(readFileSync(file, "utf8")));
const source =
  "recorded answers of ec2:DescribeInstanceTypeOfferings and ec2:DescribeInstanceTypes: getmoto/moto, moto/ec2/resources/instance_type_offerings/region/*.json and instance_types.json";
const content = { source, date, ...offeringsOf(answers, instanceTypes()) };
writeFileSync("aws/data/instance-offerings.json", `${JSON.stringify(content, null, 2)}\n`);
