import { recordsMistake } from "../../../accounts/records-access";
import { knownRegion } from "../../../rules/known-region";
import type { RolloutRule } from "./context";

/** Reports an s3:// store without a region, a folder with one, and unknown regions. */
export const checkRecords: RolloutRule = ({ names, rollouts: { records, records_region } }) => {
  const path = ["records_region"];
  if (!records.startsWith("s3://"))
    return records_region === undefined
      ? []
      : [{ path, message: "has no effect because records is a folder. Remove it" }];
  if (records_region === undefined)
    return [{ path: ["records"], message: "requires records_region. Set it to the region of the bucket" }];
  return knownRegion(path, records_region, names.regions);
};

/** Reports records among the Terraform states of an account. */
export const checkRecordsPlace: RolloutRule = ({ accounts, rollouts: { records } }) => {
  const message = recordsMistake(records, accounts);
  return message === undefined ? [] : [{ path: ["records"], message }];
};
