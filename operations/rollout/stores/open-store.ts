import { FileStore } from "./file-store";
import type { ObjectStore } from "./object-store";
import { S3Store } from "./s3-store";

/** Returns the store at a location: `s3://bucket/folder`, or a folder. */
export function openStore(location: string, region: string | undefined): ObjectStore {
  if (!location.startsWith("s3://")) return new FileStore(location);
  const [bucket = "", ...folder] = location.slice("s3://".length).split("/");
  return new S3Store({ bucket, folder: folder.join("/"), region: region ?? "us-east-1" });
}
