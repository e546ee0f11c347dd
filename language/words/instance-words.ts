import { z } from "zod";

/** An EC2 instance type by its spelling; whether AWS offers it in a region is AWS's to say. */
export const instanceTypeText = z
  .string()
  .regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "must be an EC2 instance type, such as m6i.large");

/** A type, or several by `*`, as instance requirements take them. */
export const instanceTypePattern = z
  .string()
  .regex(/^[a-z*][a-z0-9*-]*(?:\.[a-z0-9*-]+)?$/, "must be an EC2 instance type or several by *, such as m5.* or r*");
