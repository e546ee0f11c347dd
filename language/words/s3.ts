import { z } from "zod";
import { text } from "./text";

/** "General purpose bucket naming rules" of the S3 user guide. */
export const bucketName = text(
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(?:\.\.|\.-|-\.|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dashes and dots",
).meta({ examples: ["example-eks-logs"] });

const BUCKET_OR_FOLDER = /^arn:aws[a-z-]*:s3:::([^/]+)(?:\/[\w!.*'()-]+)*\/?$/;

export const bucketOrFolderArn = z
  .string()
  .refine(
    (arn) => bucketName.safeParse(BUCKET_OR_FOLDER.exec(arn)?.[1]).success,
    "must be the ARN of an S3 bucket, or of a folder in it, such as arn:aws:s3:::example-flow-logs/eks",
  )
  .meta({ examples: ["arn:aws:s3:::example-flow-logs/eks"] });
