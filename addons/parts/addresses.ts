import { z } from "zod";

/** Nothing that Terraform or a shell would evaluate. */
const NO_TEMPLATE = /^[^\s"'`$\\{}]+$/;

/** An address that pods call. */
export const httpAddress = z
  .string()
  .regex(/^https?:\/\/[A-Za-z0-9]/, "must begin with https:// or http://")
  .regex(NO_TEMPLATE, "must be an address without spaces, quotes, $, braces and backslashes");

/** Text that goes into a chart as it is: Terraform would evaluate `${`. */
export const plainText = z
  .string()
  .min(1)
  .refine((value) => !value.includes("${"), "must not hold ${, which Terraform would evaluate");
